using System.Diagnostics;

namespace OssRuntime.Stage.Processes;

/// <summary>
/// A server that runs as long as this object lives and no longer than this process, however that ends: a shell between the two
/// holds the reading end of a pipe and stops the server when the pipe closes.
/// </summary>
public sealed class SupervisedProcess : IAsyncDisposable
{
    private readonly Process _supervisor;
    private readonly string _log;

    private SupervisedProcess(string name, Process supervisor, string log)
    {
        Name = name;
        _supervisor = supervisor;
        _log = log;
    }

    /// <summary>What the server is called in messages.</summary>
    public string Name { get; }

    /// <summary>Whether the server has ended.</summary>
    public bool HasExited => _supervisor.HasExited;

    /// <summary>Starts a server.</summary>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="program">Path of the program.</param>
    /// <param name="arguments">Passed as they are.</param>
    /// <param name="log">File that gets the output of the server.</param>
    /// <param name="folder">Removed when the server has ended, also when this process was killed.</param>
    public static SupervisedProcess Start(string name, string program, IEnumerable<string> arguments, string log, string? folder = null)
    {
        // A session of its own: an interrupt typed at the terminal reaches this process only, which then stops its servers in order.
        var start = new ProcessStartInfo("setsid") { UseShellExecute = false, RedirectStandardInput = true };
        foreach (var argument in (string[])["bash", Tool.Script("Processes/supervise.sh"), log, folder ?? "", program, .. arguments])
            start.ArgumentList.Add(argument);
        var supervisor = Process.Start(start) ?? throw new StageException($"{name} did not start.");
        return new SupervisedProcess(name, supervisor, log);
    }

    /// <summary>Waits until the server answers.</summary>
    /// <param name="answers">Asked every 50 ms; may throw while the server is not there yet.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="cancellationToken">Ends the waiting, not the server.</param>
    /// <exception cref="StageException">The server ended, or did not answer in time; the end of its log is told.</exception>
    public async Task WaitUntilAsync(Func<CancellationToken, Task<bool>> answers, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await TryAsync(answers, cancellationToken))
        {
            if (HasExited)
                throw new StageException($"{Name} ended while it started:{Environment.NewLine}{LogTail()}");
            if (Stopwatch.GetElapsedTime(began) > patience)
                throw new StageException($"{Name} did not answer within {patience.TotalSeconds:0} s:{Environment.NewLine}{LogTail()}");
            await Task.Delay(50, cancellationToken);
        }
    }

    /// <summary>The last lines that the server wrote.</summary>
    public string LogTail() => File.Exists(_log) ? string.Join(Environment.NewLine, File.ReadLines(_log).TakeLast(15)) : "(no output)";

    /// <summary>Stops the server and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _supervisor.StandardInput.Close();
        }
        catch (IOException)
        {
            // The supervisor is gone already, and the server with it.
        }

        await _supervisor.WaitForExitAsync();
        _supervisor.Dispose();
    }

    private static async Task<bool> TryAsync(Func<CancellationToken, Task<bool>> answers, CancellationToken cancellationToken)
    {
        try
        {
            return await answers(cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
