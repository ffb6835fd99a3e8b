using OssRuntime.Kubernetes.Environment;

namespace OssRuntime.Kubernetes.WorkQueues;

/// <summary>
/// Keys to work on. A key is in the queue at most once, is worked on by at most one worker, and is never dropped.
/// <code>
///   Add ─────────────► ready (low | normal lane) ── TakeAsync ──► running ── Done ──► gone
///   AddAfter, Retry ─► waiting ── its time comes ──► ready           │
///                                                                    └─ added meanwhile: ready or waiting again at Done
/// </code>
/// A key that is asked for twice runs at the nearer time in the higher lane, once: whoever runs looks at the whole state, and says itself
/// when it wants to run again. The failures of a key are counted by <see cref="Retry"/> until <see cref="Forget"/>.
/// </summary>
public sealed class WorkQueue<TKey> : IDisposable, IMeasuredQueue
    where TKey : notnull
{
    // Timers take at most 49 days; a key that waits for a date years ahead is looked at daily.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly WorkQueueOptions _options;
    private readonly ControllerEnvironment _environment;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, WorkEntry<TKey>> _entries = [];
    private readonly GroupPlaces _places;
    private readonly WorkLanes<TKey> _ready;
    private readonly WorkTimetable<TKey> _waiting = new();
    private readonly Queue<TaskCompletionSource<WorkItem<TKey>?>> _takers = [];
    private readonly HashSet<WorkEntry<TKey>> _running = [];
    private TaskCompletionSource? _idle;
    private long _readySince;
    private long _progressedAt;
    private bool _closed;

    /// <summary>Creates a queue.</summary>
    /// <param name="name">Labels its metrics.</param>
    /// <param name="environment">Clock, chance and metrics.</param>
    /// <param name="options">How it waits.</param>
    /// <param name="groups">On whose behalf keys are worked on: in each lane they take turns. Null where all keys are everybody's.</param>
    public WorkQueue(string name, ControllerEnvironment environment, WorkQueueOptions? options = null, IKeyGroups<TKey>? groups = null)
    {
        Name = name;
        _environment = environment;
        _time = environment.Time;
        _options = options ?? new WorkQueueOptions();
        _places = new GroupPlaces(_options.MostOfGroup);
        _ready = new WorkLanes<TKey>(_options.NormalsInARow, _places, groups);
        _timer = _time.CreateTimer(static state => ((WorkQueue<TKey>)state!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        environment.Metrics.QueueStarts(this);
    }

    /// <summary>The queue's name.</summary>
    public string Name { get; }

    /// <summary>How many keys are ready and not yet taken.</summary>
    public int Depth
    {
        get
        {
            lock (_lock)
            {
                return _ready.Count;
            }
        }
    }

    /// <summary>How many keys wait for their time.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>True if nothing is ready, running or waiting.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return _ready.Count + _running.Count + _waiting.Count == 0;
            }
        }
    }

    /// <summary>
    /// Since when keys are due of which none was taken or finished, in ticks of the clock; null if no key is due. A key that is asked for again while it is
    /// worked on is due too.
    /// </summary>
    internal long? DueSince
    {
        get
        {
            lock (_lock)
            {
                var now = _time.GetTimestamp();
                var asked = _running.Where(entry => entry.Due <= now).Min(entry => entry.Due);
                var ready = _ready.Count > 0 ? _readySince : (long?)null;
                return (asked, ready) is (null, null) ? null : Math.Max(_progressedAt, Math.Min(asked ?? long.MaxValue, ready ?? long.MaxValue));
            }
        }
    }

    private bool IsNothingDue => _ready.Count + _running.Count == 0 && !(_waiting.Nearest <= _time.GetTimestamp());

    /// <summary>Completes when no key is ready or worked on. Keys that wait for a later time, those that failed too, do not count.</summary>
    public Task WhenIdleAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (IsNothingDue)
            {
                return Task.CompletedTask;
            }

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Asks for the key to be worked on now.</summary>
    public void Add(TKey key, Lane lane = Lane.Normal) => AddAt(key, TimeSpan.Zero, lane);

    /// <summary>Asks for the key to be worked on after a delay.</summary>
    public void AddAfter(TKey key, TimeSpan delay, Lane lane = Lane.Normal) => AddAt(key, delay, lane);

    /// <summary>Asks for the key again after a failure: after its own backoff, but not before <paramref name="atLeast"/>. Returns the delay.</summary>
    public TimeSpan Retry(TKey key, TimeSpan atLeast = default, Lane lane = Lane.Normal)
    {
        TimeSpan delay;
        lock (_lock)
        {
            var entry = Entry(key);
            entry.Failures++;
            delay = _options.Backoff.DelayAfter(entry.Failures, _environment.Random);
            delay = delay < atLeast ? atLeast : delay;
            Ask(entry, delay, lane);
        }

        _environment.Metrics.KeyAdded(Name);
        _environment.Metrics.KeyRetried(Name);
        return delay;
    }

    /// <summary>Forgets the failures of a key.</summary>
    public void Forget(TKey key)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var entry))
            {
                entry.Failures = 0;
                DropIfUnknown(entry);
            }
        }
    }

    /// <summary>Takes the next key, waiting for one; null once the queue is closed.</summary>
    public async ValueTask<WorkItem<TKey>?> TakeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource<WorkItem<TKey>?> taker;
        lock (_lock)
        {
            if (_closed)
            {
                return null;
            }

            if (_ready.Next is { } entry)
            {
                Start(entry);
                return Item(entry);
            }

            taker = new TaskCompletionSource<WorkItem<TKey>?>(TaskCreationOptions.RunContinuationsAsynchronously);
            _takers.Enqueue(taker);
        }

        await using (cancellationToken.UnsafeRegister(static (state, token) =>
            ((TaskCompletionSource<WorkItem<TKey>?>)state!).TrySetCanceled(token), taker).ConfigureAwait(false))
        {
            // A key handed over in the moment of cancellation is returned: it must not be lost.
            return await taker.Task.ConfigureAwait(false);
        }
    }

    /// <summary>Says that the work on a taken key has ended.</summary>
    /// <exception cref="InvalidOperationException">Nobody has taken it.</exception>
    public void Done(TKey key)
    {
        TimeSpan worked;
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var entry) || !entry.Running)
            {
                throw new InvalidOperationException($"{Name}: {key} was not taken");
            }

            worked = _time.GetElapsedTime(entry.Since);
            entry.Running = false;
            _running.Remove(entry);
            _places.Leave(entry.Group);
            _progressedAt = _time.GetTimestamp();
            if (entry.Due is { } due)
            {
                Schedule(entry, due);
            }
            else
            {
                DropIfUnknown(entry);
            }

            HandOver();
            if (IsNothingDue)
            {
                _idle?.TrySetResult();
                _idle = null;
            }
        }

        _environment.Metrics.KeyDone(Name, worked);
    }

    /// <summary>Ends all waiting for keys; keys that are being worked on may still be ended.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            while (_takers.TryDequeue(out var taker))
            {
                taker.TrySetResult(null);
            }
        }
    }

    /// <summary>Closes the queue and takes its gauges from the metrics.</summary>
    public void Dispose()
    {
        Close();
        _timer.Dispose();
        _environment.Metrics.QueueEnds(this);
    }

    private void AddAt(TKey key, TimeSpan delay, Lane lane)
    {
        lock (_lock)
        {
            Ask(Entry(key), delay, lane);
        }

        _environment.Metrics.KeyAdded(Name);
    }

    private WorkEntry<TKey> Entry(TKey key)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            entry = new WorkEntry<TKey>(key);
            _entries.Add(key, entry);
        }

        return entry;
    }

    private void DropIfUnknown(WorkEntry<TKey> entry)
    {
        if (entry is { Running: false, Due: null, Failures: 0 })
        {
            _entries.Remove(entry.Key);
        }
    }

    // The nearer time and the higher lane win over what was asked before.
    private void Ask(WorkEntry<TKey> entry, TimeSpan delay, Lane lane)
    {
        var now = _time.GetTimestamp();
        var due = delay <= TimeSpan.Zero ? now : now + (long)(delay.TotalSeconds * _time.TimestampFrequency);
        var higher = entry.Due is null || lane > entry.Lane;
        if (entry.Due is { } before && before <= due && !higher)
        {
            return;
        }

        due = Math.Min(due, entry.Due ?? long.MaxValue);
        lane = higher ? lane : entry.Lane;
        if (entry.Running)
        {
            (entry.Due, entry.Lane) = (due, lane);
            return;
        }

        if (entry.Ready)
        {
            // It cannot come nearer than now, so it is the lane that is higher.
            _ready.Promote(entry, lane);
            return;
        }

        if (entry.Due is not null)
        {
            _waiting.Remove(entry);
        }

        entry.Lane = lane;
        Schedule(entry, due);
    }

    private void Schedule(WorkEntry<TKey> entry, long due)
    {
        var now = _time.GetTimestamp();
        if (due <= now)
        {
            entry.Due = due;
            MakeReady(entry, now);
            return;
        }

        var nearest = _waiting.Nearest;
        _waiting.Add(entry, due);
        if (nearest is null || due < nearest)
        {
            SetTimer(due, now);
        }
    }

    private void MakeReady(WorkEntry<TKey> entry, long now)
    {
        entry.Since = now;
        _readySince = _ready.Count == 0 ? now : _readySince;
        _ready.Add(entry);
        HandOver();
    }

    private void HandOver()
    {
        while (_takers.Count > 0 && _ready.Next is { } next)
        {
            // A taker that was cancelled meanwhile takes nothing.
            if (_takers.Dequeue().TrySetResult(Item(next)))
            {
                Start(next);
            }
        }
    }

    private static WorkItem<TKey> Item(WorkEntry<TKey> entry) => new(entry.Key, entry.Lane, entry.Failures);

    private void Start(WorkEntry<TKey> entry)
    {
        _ready.Take(entry);
        _places.Enter(entry.Group);
        _environment.Metrics.KeyTaken(Name, _time.GetElapsedTime(entry.Since));
        _running.Add(entry);
        entry.Running = true;
        entry.Due = null;
        entry.Since = _time.GetTimestamp();
        _progressedAt = entry.Since;
    }

    private void SetTimer(long due, long now)
    {
        // Rounded up: a timer that fires a moment early would find nothing to do.
        var milliseconds = Math.Ceiling((due - now) * 1000.0 / _time.TimestampFrequency);
        _timer.Change(TimeSpan.FromMilliseconds(Math.Min(milliseconds, LongestTimer.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }

    private void Wake()
    {
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            while (_waiting.TakeDue(now) is { } entry)
            {
                MakeReady(entry, now);
            }

            if (!_closed && _waiting.Nearest is { } due)
            {
                SetTimer(due, now);
            }
        }
    }

    IReadOnlyList<double> IMeasuredQueue.AgesInHand()
    {
        lock (_lock)
        {
            return [.. _running.Select(entry => _time.GetElapsedTime(entry.Since).TotalSeconds)];
        }
    }
}
