using OssRuntime.Kubernetes.Informers;
using OssRuntime.Operator.Knowledge;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Hosting;

/// <summary>
/// Whether this process can do what it is there for: its caches are filled, and what it serves is served. Liveness is another question: a process that waits for a server
/// lives.
/// </summary>
internal sealed class Readiness(PodBacklog backlog, InformerRegistry informers)
{
    // An API server that is replaced is back by then.
    private static readonly TimeSpan LongestLag = TimeSpan.FromMinutes(5);

    // What every API server has itself, and our own. A kind that another server serves (an aggregated API) may be dead for days, and answers do not wait for it.
    private static readonly string[] Needed = ["", "apps", "batch", "discovery.k8s.io", "networking.k8s.io", ResourceGroup.Name];

    private volatile string? _waitingFor = "the API server";
    private volatile bool _isShuttingDown;
    private volatile DatabaseAbsence? _refused;

    /// <summary>True where this process can do all of its work.</summary>
    public bool IsReady => _waitingFor is null && !_isShuttingDown && !IsRefused && Behind is null;

    // Whoever brings a database that can be opened mends it without a restart.
    private bool IsRefused => _refused is { IsRefused: true };

    private string? Behind => informers.Informers.FirstOrDefault(informer => informer.Behind > LongestLag && Needed.Contains(informer.Kind.Group))?.Kind.Plural;

    /// <summary>What a probe is told, in a line.</summary>
    public string Text => _isShuttingDown ? "not ready: shutting down"
        : IsRefused ? $"not ready: {_refused!.Message}"
        : _waitingFor is { } what ? $"not ready: waiting for {what}"
        : Behind is { } kind ? $"not ready: {kind} have not been followed for more than {LongestLag.TotalMinutes} minutes; what is known of them is old"
        : backlog.Left is { } left and > 0 ? $"ok; the start is not complete: {left} pods were not looked at yet"
        : "ok";

    /// <summary>True from when the webhooks can answer until the process ends: one that is told to stop is not ready, and answers on while it is still asked.</summary>
    public bool IsServing { get; private set; }

    /// <summary>The process was told to stop.</summary>
    public void ShutDown() => _isShuttingDown = true;

    /// <summary>The database that was to be used could not be opened at the start: not ready, until one can.</summary>
    public void Refuse(DatabaseAbsence absence) => _refused = absence;

    public void WaitFor(string what) => _waitingFor = what;

    public void Ready()
    {
        IsServing = true;
        _waitingFor = null;
    }
}
