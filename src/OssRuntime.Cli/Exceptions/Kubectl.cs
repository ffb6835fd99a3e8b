using System.ComponentModel;
using System.Diagnostics;
using OssRuntime.Cli.Terminal;

namespace OssRuntime.Cli.Exceptions;

/// <summary>
/// The user's own kubectl, with whatever it logs in by: exceptions are read and approved under the user's name, and the webhooks write down that name. This
/// program speaks to no API server itself.
/// </summary>
internal static class Kubectl
{
    private const int LongestError = 2000;

    /// <summary>Runs it and returns what it printed.</summary>
    /// <exception cref="CommandLineException">There is no kubectl, or it failed: its own words.</exception>
    public static async Task<string> RunAsync(IEnumerable<string> arguments, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("kubectl") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Start(start);
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var error = await process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0
            ? await output
            : throw new CommandLineException(ExitCode.Unreadable, TerminalText.Safe($"kubectl: {(error.Length <= LongestError ? error : error[..LongestError]).Trim()}"));
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new CommandLineException(ExitCode.Unreadable, $"kubectl could not be started: {missing.Message}; install kubectl or put it on the PATH");
        }
    }
}
