using OssRuntime.Kubernetes.WorkQueues;

namespace OssRuntime.Kubernetes.Informers;

// client-go's figures (reflector.go): 0.8 s doubling to 30 s, jitter 1.0, from the start again after 2 minutes without a failure.
internal sealed class ReflectorBackoff(TimeProvider time, Random random)
{
    private static readonly Backoff Waits = new(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(30), 1.0);
    private static readonly TimeSpan Healthy = TimeSpan.FromMinutes(2);

    private int _failures;
    private long _last;

    /// <summary>Counts a failure and waits: as long as the server asked, if it did.</summary>
    public Task WaitAsync(TimeSpan? asked, CancellationToken cancellationToken)
    {
        if (_failures > 0 && time.GetElapsedTime(_last) > Healthy)
        {
            _failures = 0;
        }

        _failures++;
        var wait = Waits.DelayAfter(_failures, random);
        if (asked is { } least)
        {
            // All who were told the same moment would come at that moment.
            wait = least + (TimeSpan.FromSeconds(1) * random.NextDouble());
        }

        _last = time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);
        return Task.Delay(wait, time, cancellationToken);
    }
}
