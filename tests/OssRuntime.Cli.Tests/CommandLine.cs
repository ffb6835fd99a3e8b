using System.Diagnostics;
using System.Text.Json;

namespace OssRuntime.Cli.Tests;

/// <summary>The program as a user runs it: a process with arguments, input, output and an exit code.</summary>
internal static class CommandLine
{
    public static Task<CommandLineResult> RunAsync(string input, params string[] arguments) => RunAsync(input, new Dictionary<string, string>(), arguments);

    public static async Task<CommandLineResult> RunAsync(string input, IReadOnlyDictionary<string, string> variables, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "ossruntime.dll"));
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new CommandLineResult(process.ExitCode, await output, await error);
    }

    public static Task<CommandLineResult> RunAsync(IEnumerable<string> arguments) => RunAsync("", [.. arguments]);

    public static JsonElement Json(this CommandLineResult result) => JsonDocument.Parse(result.Output).RootElement;
}
