using OssRuntime.Inventory.Failures;

namespace OssRuntime.Inventory.Registry;

/// <summary>
/// The way in to one registry: so many requests at a time, and none at all while the registry asked for patience, whoever it asked.
/// </summary>
internal sealed class RegistryGate(string registry, int requests, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LongestPatience = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _free = new(requests, requests);
    private readonly Lock _lock = new();
    private DateTimeOffset _closedUntil = DateTimeOffset.MinValue;

    /// <summary>Waits for a free place.</summary>
    /// <exception cref="InventoryException">The registry asked to be left alone for now.</exception>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        if (Patience() is { } patience)
        {
            _free.Release();
            throw RateLimited(patience);
        }

        return new Place(_free);
    }

    /// <summary>Closes the gate for as long as the registry asked, and tells the reason for whoever was refused.</summary>
    public InventoryException Close(TimeSpan? retryAfter)
    {
        if (retryAfter is not { } asked || asked <= TimeSpan.Zero)
        {
            return RateLimited(retryAfter: null);
        }

        asked = asked < LongestPatience ? asked : LongestPatience;
        lock (_lock)
        {
            var until = time.GetUtcNow() + asked;
            _closedUntil = until > _closedUntil ? until : _closedUntil;
        }

        return RateLimited(asked);
    }

    public void Dispose() => _free.Dispose();

    private TimeSpan? Patience()
    {
        lock (_lock)
        {
            var left = _closedUntil - time.GetUtcNow();
            return left > TimeSpan.Zero ? left : null;
        }
    }

    private InventoryException RateLimited(TimeSpan? retryAfter) =>
        new(new InventoryFailure(FailureReason.RateLimited, $"{registry} limits how often it may be asked", Retryable: true, retryAfter));

    private sealed class Place(SemaphoreSlim free) : IDisposable
    {
        private SemaphoreSlim? _free = free;

        public void Dispose() => Interlocked.Exchange(ref _free, null)?.Release();
    }
}
