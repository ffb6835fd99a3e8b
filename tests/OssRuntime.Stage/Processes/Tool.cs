using System.ComponentModel;
using System.Diagnostics;

namespace OssRuntime.Stage.Processes;

/// <summary>Runs a program of the machine to its end.</summary>
public static class Tool
{
    private const int ShownLines = 20;

    /// <summary>The scripts that belong to this project, copied beside its assembly.</summary>
    public static string Script(string path) => Path.Combine(AppContext.BaseDirectory, path);

    /// <summary>Runs one of the project's own scripts, as <see cref="RunAsync"/> does.</summary>
    public static Task<string> RunScriptAsync(
        string path, IEnumerable<string> arguments, TextWriter? progress = null, CancellationToken cancellationToken = default) =>
        RunAsync("bash", [Script(path), .. arguments], progress, cancellationToken);

    /// <summary>Whether the program is found on the PATH.</summary>
    public static bool Exists(string program) => Find(program) is not null;

    /// <summary>Where the program is found on the PATH, or null.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append("/usr/sbin").Append("/sbin")
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    /// <summary>Runs the program and returns what it wrote to standard output, without the line end.</summary>
    /// <param name="program">Name or path.</param>
    /// <param name="arguments">Passed as they are; no shell is involved.</param>
    /// <param name="progress">Gets each line that the program writes to standard error, as it comes.</param>
    /// <param name="cancellationToken">Kills the program and its children.</param>
    /// <exception cref="StageException">The program is missing or ended with another code than 0; the last lines of its error output are told.</exception>
    public static async Task<string> RunAsync(
        string program,
        IEnumerable<string> arguments,
        TextWriter? progress = null,
        CancellationToken cancellationToken = default)
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        using var process = Start(start);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = new Queue<string>();
        try
        {
            while (await process.StandardError.ReadLineAsync(cancellationToken) is { } line)
            {
                if (progress is not null)
                    await progress.WriteLineAsync(line.AsMemory(), cancellationToken);
                errors.Enqueue(line);
                if (errors.Count > ShownLines)
                    errors.Dequeue();
            }

            var text = await output;
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? text.TrimEnd('\n')
                : throw new StageException(Told(program, process.ExitCode, errors));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    // The project's own scripts say what is wrong in a sentence; other programs need their name in front.
    private static string Told(string program, int code, IReadOnlyCollection<string> errors) =>
        (program == "bash" && errors.Count > 0 ? "" : $"{Path.GetFileName(program)} ended with code {code}: ") + string.Join(Environment.NewLine, errors);

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new StageException($"{start.FileName} did not start.");
        }
        catch (Win32Exception missing)
        {
            throw new StageException($"{start.FileName} could not be started: {missing.Message}", missing);
        }
    }
}
