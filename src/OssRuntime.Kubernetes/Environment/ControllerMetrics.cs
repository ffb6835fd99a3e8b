using System.Diagnostics.Metrics;

namespace OssRuntime.Kubernetes.Environment;

/// <summary>
/// The runtime's instruments, on one <see cref="Meter"/> named <see cref="MeterName"/>. Names, labels and units are those of controller-runtime
/// and client-go, so that dashboards made for them work: an exporter takes an instrument's name and tags as they are.
/// Counters that have a known set of labels are touched with 0 at registration, so a rate over them has no gap at the start.
/// </summary>
public sealed class ControllerMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "OssRuntime.Kubernetes";

    private const int MostNamed = 100;

    private readonly Meter _meter;
    private readonly Counter<long> _reconciles;
    private readonly Counter<long> _reconcileErrors;
    private readonly Counter<long> _terminalErrors;
    private readonly Histogram<double> _reconcileTime;
    private readonly UpDownCounter<long> _activeWorkers;
    private readonly Counter<long> _queueAdds;
    private readonly Counter<long> _queueRetries;
    private readonly Histogram<double> _queueDuration;
    private readonly Histogram<double> _workDuration;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _lists;
    private readonly Counter<long> _watches;
    private readonly Counter<long> _undecodable;
    private readonly Counter<long> _writes;
    private readonly Counter<long> _events;
    private readonly Gauge<int> _leader;
    private readonly Lock _lock = new();
    private readonly List<IMeasuredQueue> _queues = [];
    private readonly HashSet<(string Kind, string Namespace, string Name)> _unread = [];

    /// <summary>Creates the instruments, on a meter of the factory or on one of their own.</summary>
    public ControllerMetrics(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _reconciles = _meter.CreateCounter<long>("controller_runtime_reconcile_total", null, "Reconciliations per controller and result");
        _reconcileErrors = _meter.CreateCounter<long>("controller_runtime_reconcile_errors_total", null, "Failed reconciliations per controller");
        _terminalErrors = _meter.CreateCounter<long>(
            "controller_runtime_terminal_reconcile_errors_total", null, "Reconciliations that no retry can mend, per controller");
        _reconcileTime = _meter.CreateHistogram<double>("controller_runtime_reconcile_time_seconds", "s", "Time of a reconciliation per controller");
        _activeWorkers = _meter.CreateUpDownCounter<long>("controller_runtime_active_workers", null, "Workers that reconcile now, per controller");
        _queueAdds = _meter.CreateCounter<long>("workqueue_adds_total", null, "Keys added to the queue");
        _queueRetries = _meter.CreateCounter<long>("workqueue_retries_total", null, "Keys added again after a failure");
        _queueDuration = _meter.CreateHistogram<double>("workqueue_queue_duration_seconds", "s", "Time a ready key waits for a worker");
        _workDuration = _meter.CreateHistogram<double>("workqueue_work_duration_seconds", "s", "Time a key is worked on");
        _meter.CreateObservableGauge("workqueue_depth", () => Observe(static queue => queue.Depth), null, "Keys ready and not yet taken");
        _meter.CreateObservableGauge(
            "workqueue_unfinished_work_seconds", () => Observe(static queue => queue.AgesInHand().Sum()), "s", "Sum of the ages of the work in hand");
        _meter.CreateObservableGauge(
            "workqueue_longest_running_processor_seconds", () => Observe(static queue => queue.AgesInHand().DefaultIfEmpty().Max()), "s", "Age of the oldest work in hand");
        _requests = _meter.CreateCounter<long>("rest_client_requests_total", null, "Requests to the API server by code and method");
        _lists = _meter.CreateCounter<long>("reflector_lists_total", null, "Complete lists per kind");
        _watches = _meter.CreateCounter<long>("reflector_watch_restarts_total", null, "Ended watches per kind and reason");
        _undecodable = _meter.CreateCounter<long>("reflector_undecodable_total", null, "Objects that could not be read, per kind");
        _meter.CreateObservableGauge("reflector_unread_object", ObserveUnread, null, "1 for each object that could not be read as it is now, at most 100");
        _writes = _meter.CreateCounter<long>("applier_applies_total", null, "Applies per kind, part and outcome");
        _events = _meter.CreateCounter<long>("event_recorder_events_total", null, "Events per outcome");
        _leader = _meter.CreateGauge<int>("leader_election_master_status", null, "1 on the leader, 0 on the others, per lease");
    }

    /// <summary>True for the instruments of this object: an exporter takes these.</summary>
    public bool Owns(Instrument instrument) => instrument.Meter == _meter;

    /// <summary>Ends the meter.</summary>
    public void Dispose() => _meter.Dispose();

    internal void ControllerStarts(string controller)
    {
        foreach (var result in (ReadOnlySpan<string>)["success", "requeue_after", "error"])
        {
            _reconciles.Add(0, Tag("controller", controller), Tag("result", result));
        }

        _reconcileErrors.Add(0, Tag("controller", controller));
        _terminalErrors.Add(0, Tag("controller", controller));
        _activeWorkers.Add(0, Tag("controller", controller));
    }

    internal void ReconcileStarts(string controller) => _activeWorkers.Add(1, Tag("controller", controller));

    internal void ReconcileEnds(string controller, string result, bool terminal, TimeSpan took)
    {
        _activeWorkers.Add(-1, Tag("controller", controller));
        _reconciles.Add(1, Tag("controller", controller), Tag("result", result));
        _reconcileTime.Record(took.TotalSeconds, Tag("controller", controller));
        if (result == "error")
        {
            _reconcileErrors.Add(1, Tag("controller", controller));
        }

        if (terminal)
        {
            _terminalErrors.Add(1, Tag("controller", controller));
        }
    }

    internal void QueueStarts(IMeasuredQueue queue)
    {
        lock (_lock)
        {
            _queues.Add(queue);
        }

        _queueAdds.Add(0, Tag("name", queue.Name));
        _queueRetries.Add(0, Tag("name", queue.Name));
    }

    internal void QueueEnds(IMeasuredQueue queue)
    {
        lock (_lock)
        {
            _queues.Remove(queue);
        }
    }

    internal void KeyAdded(string queue) => _queueAdds.Add(1, Tag("name", queue));

    internal void KeyRetried(string queue) => _queueRetries.Add(1, Tag("name", queue));

    internal void KeyTaken(string queue, TimeSpan waited) => _queueDuration.Record(waited.TotalSeconds, Tag("name", queue));

    internal void KeyDone(string queue, TimeSpan worked) => _workDuration.Record(worked.TotalSeconds, Tag("name", queue));

    internal void Requested(string method, string code) => _requests.Add(1, Tag("code", code), Tag("method", method));

    internal void Listed(string kind) => _lists.Add(1, Tag("kind", kind));

    internal void WatchEnded(string kind, string reason) => _watches.Add(1, Tag("kind", kind), Tag("reason", reason));

    internal void Undecodable(string kind) => _undecodable.Add(1, Tag("kind", kind));

    /// <summary>An object cannot be read as it is now; or it can again, or is gone.</summary>
    internal void Unread(string kind, string @namespace, string name, bool isUnread)
    {
        lock (_lock)
        {
            // Those beyond are counted.
            if (!isUnread)
            {
                _unread.Remove((kind, @namespace, name));
            }
            else if (_unread.Count < MostNamed)
            {
                _unread.Add((kind, @namespace, name));
            }
        }
    }

    internal void Applied(string kind, string part, string outcome) =>
        _writes.Add(1, Tag("kind", kind), Tag("part", part), Tag("outcome", outcome));

    internal void EventHandled(string outcome) => _events.Add(1, Tag("outcome", outcome));

    internal void Leads(string lease, bool leads) => _leader.Record(leads ? 1 : 0, Tag("name", lease));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private List<Measurement<int>> ObserveUnread()
    {
        lock (_lock)
        {
            return [.. _unread.Select(unread => new Measurement<int>(1, Tag("kind", unread.Kind), Tag("namespace", unread.Namespace), Tag("name", unread.Name)))];
        }
    }

    private List<Measurement<double>> Observe(Func<IMeasuredQueue, double> measure)
    {
        lock (_lock)
        {
            return _queues.ConvertAll(queue => new Measurement<double>(measure(queue), Tag("name", queue.Name)));
        }
    }
}
