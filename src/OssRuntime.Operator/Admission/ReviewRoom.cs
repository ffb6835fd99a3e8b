namespace OssRuntime.Operator.Admission;

/// <summary>
/// How many reviews are in memory at a time. Anybody in the cluster may send something to the webhooks; whoever comes when the room is full waits, and
/// what that costs is time and not memory.
/// </summary>
internal sealed class ReviewRoom : IDisposable
{
    /// <summary>A review of more bytes than this is a large one. That of a usual pod has about ten thousand.</summary>
    public const int Large = 256 * 1024;

    private readonly SemaphoreSlim _all = new(256);
    private readonly SemaphoreSlim _large = new(4);

    /// <summary>Waits for a place for a review of this length; null where it is not said.</summary>
    public async Task<Place> EnterAsync(long? length, CancellationToken cancel)
    {
        var room = length is > Large or null ? _large : _all;
        await room.WaitAsync(cancel);
        return new Place(room);
    }

    public void Dispose()
    {
        _all.Dispose();
        _large.Dispose();
    }

    /// <summary>A place, until it is given up.</summary>
    internal readonly struct Place(SemaphoreSlim room) : IDisposable
    {
        public void Dispose() => room.Release();
    }
}
