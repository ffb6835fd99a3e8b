namespace OssRuntime.Kubernetes.Environment;

// System.Random with a seed is not safe for several threads; jitter is drawn by all of them.
internal sealed class SynchronizedRandom(Random inner) : Random
{
    private readonly Lock _lock = new();

    public override double NextDouble()
    {
        lock (_lock)
        {
            return inner.NextDouble();
        }
    }

    public override int Next(int minValue, int maxValue)
    {
        lock (_lock)
        {
            return inner.Next(minValue, maxValue);
        }
    }

    protected override double Sample() => NextDouble();
}
