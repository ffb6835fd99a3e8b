using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Apply;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.Health;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.LeaderElection;
using OssRuntime.Kubernetes.WorkQueues;

namespace OssRuntime.Kubernetes.Hosting;

/// <summary>
/// Runs a process of controllers from start to end: this is where the rooms of the runtime meet.
/// <code>
///        API server
///    list, watch │  ▲ apply, delete, events                     every replica        the leader only
///                ▼  │                                           ────────────         ───────────────
///   ResourceClient  └────────────────────────────────┐
///       │                                            │
///       ▼                                            │
///   Reflector ─► Store ─ Changed(old, new) ─► WorkQueue ─ key ─► Controller ─► Applier ─ WriteBudget
///                  ▲                             ▲                   │ reads, by key
///                  └──────── objects ────────────┼───────────────────┘
///                                                └── failed: after the key's backoff · Result.After: at its time
/// </code>
/// Up:
/// (1) the informers list and watch, on every replica: a standby with a warm store takes over at once, and admission is answered everywhere;
/// (2) when all stores hold a complete list, <see cref="Synced"/> completes, and what runs everywhere starts;
/// (3) the lease is waited for, where there is one;
/// (4) the controllers start. The queues hold what the first lists brought, in the low lane.
///
/// Down, when cancelled, in reverse:
/// (5) the controllers take no more keys and end the work in hand, within their grace;
/// (6) recorded events are written;
/// (7) the lease is given back, so that the successor need not wait;
/// (8) what runs everywhere and the informers end.
///
/// When the leadership is lost, because the API server was away for longer than the renew deadline or another took the lease, it goes back to (3):
/// the controllers stop as in (5), and start again when the lease is this process's again. The stores and the queues live on meanwhile, so no key is
/// lost; a key whose work was cut off is worked on again. A controller that fails as a whole, which no reconciliation makes it do, ends the host with
/// its exception, after 5 to 8.
///
/// What must keep turning in all this, the election and every controller, is watched by <see cref="Liveness"/>.
/// </summary>
public sealed partial class ControllerHost
{
    // The server may be the reason for the stop.
    private static readonly TimeSpan ReleaseTime = TimeSpan.FromSeconds(5);

    private readonly InformerRegistry _informers;
    private readonly LeaderLease? _lease;
    private readonly EventRecorder? _events;
    private readonly ControllerEnvironment _environment;
    private readonly ILogger _logger;
    private readonly List<IController> _everywhere = [];
    private readonly List<IController> _onLeader = [];
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Creates a host.</summary>
    /// <param name="informers">The informers, which all run here.</param>
    /// <param name="environment">Clock, log and metrics.</param>
    /// <param name="lease">Who leads; null if this process is the only one.</param>
    /// <param name="events">The recorder, which runs here too.</param>
    /// <param name="liveness">What watches the election and the controllers; one of its own by default.</param>
    public ControllerHost(
        InformerRegistry informers, ControllerEnvironment environment, LeaderLease? lease = null, EventRecorder? events = null, Liveness? liveness = null)
    {
        _informers = informers;
        _environment = environment;
        _lease = lease;
        _events = events;
        Liveness = liveness ?? new Liveness();
        if (lease is not null)
        {
            Liveness.Watch(lease);
        }

        _logger = environment.Loggers.CreateLogger<ControllerHost>();
    }

    /// <summary>Completes when all stores hold a complete list: the process is ready.</summary>
    public Task Synced => _synced.Task;

    /// <summary>Whether the election and the controllers make progress, for a liveness probe.</summary>
    public Liveness Liveness { get; }

    /// <summary>True while this replica leads: its controllers may work. The only replica leads once its stores are filled.</summary>
    public bool IsLeader => _lease?.IsLeader ?? Synced.IsCompletedSuccessfully;

    /// <summary>Adds a controller that works on the leader only. Before <see cref="RunAsync"/>.</summary>
    public void Add(IController controller)
    {
        _onLeader.Add(controller);
        Watch(controller);
    }

    /// <summary>Adds work that every replica does once its stores are filled, because it writes nothing. Before <see cref="RunAsync"/>.</summary>
    public void AddEverywhere(IController controller)
    {
        _everywhere.Add(controller);
        Watch(controller);
    }

    /// <summary>Runs until cancelled, or until a controller fails as a whole and so with its exception.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var all = new CancellationTokenSource();
        using var recording = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // :: Step 1: Informers, and the recorder, which anybody may use from now on.
        var informers = _informers.RunAsync(all.Token);
        var events = _events?.RunAsync(recording.Token) ?? Task.CompletedTask;
        var everywhere = Task.CompletedTask;
        try
        {
            // :: Step 2: Synced.
            await _informers.WhenSyncedAsync(stop.Token).ConfigureAwait(false);
            _synced.TrySetResult();
            Log.Synced(_logger, _informers.Informers.Count);
            everywhere = ControllerGroup.RunAsync(_everywhere, stop, all.Token);
            await LeadAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Log.Stopping(_logger);
        }
        finally
        {
            // :: Step 6: Events.
            await recording.CancelAsync().ConfigureAwait(false);
            await events.ConfigureAwait(false);
            // :: Step 7: Lease.
            await ReleaseAsync().ConfigureAwait(false);
            // :: Step 8: What runs everywhere, informers.
            await all.CancelAsync().ConfigureAwait(false);
            await informers.ConfigureAwait(false);
            await everywhere.ConfigureAwait(false);
        }
    }

    private async Task LeadAsync(CancellationTokenSource stop)
    {
        if (_lease is null)
        {
            await ControllerGroup.RunAsync(_onLeader, stop, stop.Token).ConfigureAwait(false);
            return;
        }

        while (true)
        {
            // :: Step 3: Lease.
            await _lease.AcquireAsync(stop.Token).ConfigureAwait(false);

            // :: Step 4: Controllers. The lease is held until they have ended, not until they are told to.
            using var holding = new CancellationTokenSource();
            using var term = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
            var hold = _lease.HoldAsync(holding.Token);
            var controllers = ControllerGroup.RunAsync(_onLeader, stop, term.Token);
            if (await Task.WhenAny(hold, controllers).ConfigureAwait(false) == controllers)
            {
                // :: Step 5: They have ended.
                await holding.CancelAsync().ConfigureAwait(false);
                await hold.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await controllers.ConfigureAwait(false);
                return;
            }

            Log.LeadershipLost(_logger);
            await term.CancelAsync().ConfigureAwait(false);
            await controllers.ConfigureAwait(false);
        }
    }

    private void Watch(IController controller)
    {
        if (controller is IWatchedLoop loop)
        {
            Liveness.Watch(loop);
        }
    }

    private async Task ReleaseAsync()
    {
        if (_lease is null)
        {
            return;
        }

        using var patience = new CancellationTokenSource(ReleaseTime, _environment.Time);
        await _lease.ReleaseAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "All {Count} informers hold a complete list")]
        public static partial void Synced(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Information, "Stopping: the controllers finish the work in hand, then the lease is given back")]
        public static partial void Stopping(ILogger logger);

        [LoggerMessage(3, LogLevel.Warning, "Leadership lost: the controllers stop, and start again when this replica has the lease again")]
        public static partial void LeadershipLost(ILogger logger);
    }
}
