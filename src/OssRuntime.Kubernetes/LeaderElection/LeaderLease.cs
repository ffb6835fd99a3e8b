using System.Text.Json;
using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.Health;

namespace OssRuntime.Kubernetes.LeaderElection;

/// <summary>
/// Makes one of several processes the leader, by a Lease object. After client-go (tools/leaderelection), with time measured on the monotonic clock
/// only: a lease is free when its record has not changed for its duration <i>as seen here</i>, and held for the renew deadline after the
/// last renewal <i>began</i> here. So clocks may differ and jump. It is no fencing: writers must bear a second leader for moments.
/// </summary>
/// <param name="connection">The server.</param>
/// <param name="key">Namespace and name of the Lease; it is created if it is not there.</param>
/// <param name="identity">Names this process among all: the pod's name and something that is new at each start.</param>
/// <param name="options">Times.</param>
public sealed partial class LeaderLease(KubernetesConnection connection, ObjectKey key, string identity, LeaderLeaseOptions? options = null) : IWatchedLoop
{
    // client-go's JitterFactor: candidates do not ask in step.
    private const double Jitter = 1.2;

    // A try ends after one renew deadline at the latest.
    private const int StuckAfterDeadlines = 3;

    private readonly LeaderLeaseOptions _options = options ?? new LeaderLeaseOptions();
    private readonly ResourceClient<LeaseObject> _client = new(connection, LeaseObject.ResourceKind, LeaseJsonContext.Default.LeaseObject);
    private readonly ControllerEnvironment _environment = connection.Environment;
    private readonly TimeProvider _time = connection.Environment.Time;
    private readonly ILogger _logger = connection.Environment.Loggers.CreateLogger<LeaderLease>();
    private LeaseObject? _observed;
    private long _observedAt;
    private long _renewedAt;
    private long _turnedAt;
    private volatile bool _held;
    private volatile bool _elects;

    /// <summary>Who this process is.</summary>
    public string Identity => identity;

    /// <summary>Who held the lease when it was last looked at; null if nobody did.</summary>
    public string? Holder => _observed?.Spec?.HolderIdentity is { Length: > 0 } holder ? holder : null;

    /// <summary>True while this process may act as the leader. Becomes false by time alone when renewals fail.</summary>
    public bool IsLeader => _held && Left > TimeSpan.Zero;

    private TimeSpan Left => _options.RenewDeadline - _time.GetElapsedTime(Volatile.Read(ref _renewedAt));

    /// <summary>
    /// Says so when neither a try to acquire or renew the lease has begun or ended, successfully or not, for three renew deadlines: from the first
    /// <see cref="AcquireAsync"/> on, also between a loss and the next try to regain it, until the election is cancelled or the lease released.
    /// </summary>
    public string? FindStuck()
    {
        var still = _time.GetElapsedTime(Volatile.Read(ref _turnedAt));
        return _elects && still > StuckAfterDeadlines * _options.RenewDeadline
            ? $"leader election by lease {key}: no try to acquire or renew it has begun or ended for {still}"
            : null;
    }

    /// <summary>Waits until this process is the leader. It may be called again after the leadership was lost.</summary>
    public async Task AcquireAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Turn();
        _elects = true;
        using var end = cancellationToken.UnsafeRegister(static lease => ((LeaderLease)lease!)._elects = false, this);
        _environment.Metrics.Leads(key.ToString(), leads: false);
        var reported = "";
        while (!await TryAsync(_options.RenewDeadline, cancellationToken).ConfigureAwait(false))
        {
            if (Holder is { } holder && holder != reported)
            {
                reported = holder;
                Log.Waiting(_logger, key, holder);
            }

            var wait = _options.RetryPeriod * (1 + (Jitter * _environment.Random.NextDouble()));
            await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
        }

        _environment.Metrics.Leads(key.ToString(), leads: true);
        Log.Acquired(_logger, key, identity);
    }

    /// <summary>Renews the lease for as long as that works; completes when the leadership is lost. Any failure is retried until the renew deadline.</summary>
    public async Task HoldAsync(CancellationToken cancellationToken)
    {
        using var end = cancellationToken.UnsafeRegister(static lease => ((LeaderLease)lease!)._elects = false, this);
        while (Left > TimeSpan.Zero)
        {
            await Task.Delay(_options.RetryPeriod < Left ? _options.RetryPeriod : Left, _time, cancellationToken).ConfigureAwait(false);
            var left = Left;
            if (left <= TimeSpan.Zero)
            {
                break;
            }

            if (!await TryAsync(left, cancellationToken).ConfigureAwait(false) && Holder is { } holder && holder != identity)
            {
                break;
            }
        }

        _held = false;
        _environment.Metrics.Leads(key.ToString(), leads: false);
        if (Holder is { } other && other != identity)
        {
            Log.Taken(_logger, other, key);
        }
        else
        {
            Log.RanOut(_logger, key, _options.RenewDeadline);
        }
    }

    /// <summary>Gives the lease back, so that the next leader need not wait for it to run out. Call it after the guarded work has ended.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        _elects = false;
        if (!_held)
        {
            return;
        }

        _held = false;
        _environment.Metrics.Leads(key.ToString(), leads: false);
        try
        {
            var stored = await _client.GetAsync(key, cancellationToken).ConfigureAwait(false);
            if (stored.Spec?.HolderIdentity == identity)
            {
                var now = _time.GetUtcNow();
                await PatchAsync(stored, stored.Spec with { HolderIdentity = "", LeaseDurationSeconds = 1, RenewTime = now, AcquireTime = now }, cancellationToken)
                    .ConfigureAwait(false);
                Log.Released(_logger, key);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Then it runs out by itself.
            Log.NotReleased(_logger, key, exception.Message);
        }
    }

    // Acquires or renews once. False if another holds the lease or the server did not do as asked.
    private async Task<bool> TryAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = Turn();
        try
        {
            using var deadline = new Deadline(limit, _time, cancellationToken);
            if (!await deadline.RunAsync(TakeAsync).ConfigureAwait(false))
            {
                return false;
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(_logger, key, exception.Message);
            return false;
        }
        finally
        {
            Turn();
        }

        // From the beginning of the request: when the server took it is not known.
        Volatile.Write(ref _renewedAt, started);
        _held = true;
        return true;
    }

    private long Turn()
    {
        var now = _time.GetTimestamp();
        Volatile.Write(ref _turnedAt, now);
        return now;
    }

    private async Task<bool> TakeAsync(CancellationToken cancellationToken)
    {
        // A leader knows the lease; a conflict shows that it does not.
        var stored = _held ? _observed : await _client.FindAsync(key, cancellationToken).ConfigureAwait(false);
        try
        {
            if (stored is null)
            {
                Observe(await CreateAsync(cancellationToken).ConfigureAwait(false));
                return true;
            }

            Observe(stored);
            if (!MayTake(stored.Spec))
            {
                return false;
            }

            Observe(await PatchAsync(stored, Mine(stored.Spec), cancellationToken).ConfigureAwait(false));
            return true;
        }
        catch (ApiException exception) when (exception.IsConflict || exception.IsAlreadyExists || exception.IsNotFound)
        {
            if (await _client.FindAsync(key, cancellationToken).ConfigureAwait(false) is { } actual)
            {
                Observe(actual);
            }
            else
            {
                _observed = null;
            }

            throw;
        }
    }

    private bool MayTake(LeaseRecord? record)
    {
        if (record?.HolderIdentity is not { Length: > 0 } holder || holder == identity)
        {
            return true;
        }

        var duration = record.LeaseDurationSeconds is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : _options.LeaseDuration;
        return _time.GetElapsedTime(_observedAt) >= duration;
    }

    private void Observe(LeaseObject lease)
    {
        if (_observed is null || _observed.Spec != lease.Spec)
        {
            _observedAt = _time.GetTimestamp();
        }

        _observed = lease;
    }

    private LeaseRecord Mine(LeaseRecord? before)
    {
        var now = _time.GetUtcNow();
        var mine = before?.HolderIdentity == identity;
        return new LeaseRecord
        {
            HolderIdentity = identity,
            LeaseDurationSeconds = (int)_options.LeaseDuration.TotalSeconds,
            AcquireTime = mine ? before!.AcquireTime : now,
            RenewTime = now,
            LeaseTransitions = (before?.LeaseTransitions ?? 0) + (mine ? 0 : 1),
        };
    }

    private Task<LeaseObject> CreateAsync(CancellationToken cancellationToken)
    {
        var lease = new LeaseObject
        {
            Metadata = new ObjectMeta { Namespace = key.Namespace, Name = key.Name },
            Spec = Mine(null) with { LeaseTransitions = 0 },
        };
        return _client.CreateAsync(key.Namespace, lease, LeaseJsonContext.Default.LeaseObject, cancellationToken);
    }

    private Task<LeaseObject> PatchAsync(LeaseObject stored, LeaseRecord record, CancellationToken cancellationToken)
    {
        var patch = new LeasePatch(new ObjectMeta { Name = key.Name, ResourceVersion = stored.ResourceVersion }, record);
        return _client.PatchAsync(key, JsonSerializer.SerializeToUtf8Bytes(patch, LeaseJsonContext.Default.LeasePatch), cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Lease {Lease} is held by {Holder}; this replica waits for it")]
        public static partial void Waiting(ILogger logger, ObjectKey lease, string holder);

        [LoggerMessage(2, LogLevel.Information, "Lease {Lease} acquired: {Identity} leads")]
        public static partial void Acquired(ILogger logger, ObjectKey lease, string identity);

        [LoggerMessage(3, LogLevel.Error, "Leadership lost: {Holder} has taken lease {Lease}")]
        public static partial void Taken(ILogger logger, string holder, ObjectKey lease);

        [LoggerMessage(7, LogLevel.Error, "Leadership lost: lease {Lease} could not be renewed for {RenewDeadline}")]
        public static partial void RanOut(ILogger logger, ObjectKey lease, TimeSpan renewDeadline);

        [LoggerMessage(4, LogLevel.Warning, "Lease {Lease} could not be acquired or renewed, it will be tried again: {Reason}")]
        public static partial void Failed(ILogger logger, ObjectKey lease, string reason);

        [LoggerMessage(5, LogLevel.Information, "Lease {Lease} given back")]
        public static partial void Released(ILogger logger, ObjectKey lease);

        [LoggerMessage(6, LogLevel.Warning, "Lease {Lease} could not be given back, other replicas wait until it expires: {Reason}")]
        public static partial void NotReleased(ILogger logger, ObjectKey lease, string reason);
    }
}
