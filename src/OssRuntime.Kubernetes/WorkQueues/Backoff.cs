namespace OssRuntime.Kubernetes.WorkQueues;

/// <summary>Waiting times that double from try to try up to a cap, each stretched by a random part so that many who failed together do not come back together.</summary>
/// <param name="Initial">The wait after the first failure.</param>
/// <param name="Cap">The longest wait, before the random part.</param>
/// <param name="Jitter">The largest random part, as a share of the wait: with 1.0 a wait of d becomes d … 2d.</param>
public sealed record Backoff(TimeSpan Initial, TimeSpan Cap, double Jitter)
{
    // 2^62 ticks is as far as a TimeSpan goes; the cap is reached long before.
    private const int LargestExponent = 40;

    /// <summary>The wait after the given number of failures in a row, 1 and more.</summary>
    public TimeSpan DelayAfter(int failures, Random random)
    {
        var exponent = Math.Clamp(failures - 1, 0, LargestExponent);
        var seconds = Math.Min(Initial.TotalSeconds * Math.Pow(2, exponent), Cap.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (1 + (Jitter * random.NextDouble())));
    }
}
