namespace OssRuntime.Operator.Hosting;

/// <summary>Whether this process is ready: its caches are filled. Liveness is another question: a process that waits for a server lives.</summary>
internal sealed class Readiness
{
    private volatile string? _waitingFor = "the API server";

    /// <summary>What is waited for, or null when ready.</summary>
    public string? WaitingFor => _waitingFor;

    public void WaitFor(string what) => _waitingFor = what;

    public void Ready() => _waitingFor = null;
}
