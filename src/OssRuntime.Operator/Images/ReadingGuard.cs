using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Store;
using OssRuntime.Model.Inventories;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.Images;

/// <summary>
/// Has each image read so that it costs the others nothing, over restarts too:
/// <code>
///   remembered that it takes too much ─────────────► that reason again, and nothing is read
///   began twice and never ended ───────────────────► Quarantined
///   began once and never ended (the process did) ──► read alone, for a few minutes at most
///   out of memory ─────────────────────────────────► the same: once more alone, then never again
/// </code>
/// All of it is forgotten with a new version of the readers or of their limits.
/// </summary>
/// <param name="store">What outlives the process.</param>
/// <param name="readers">The version of all readers and their limits.</param>
/// <param name="room">Where images are read.</param>
/// <param name="time">The clock.</param>
internal sealed class ReadingGuard(IReadingStore store, string readers, ReadingRoom room, TimeProvider time)
{
    private const int MostUnended = 2;

    // An image that waits for its registry keeps all others out meanwhile.
    private static readonly TimeSpan LongestAlone = TimeSpan.FromMinutes(5);

    /// <summary>Reads an image.</summary>
    /// <exception cref="InventoryException">It could not be read, or is not to be read.</exception>
    public async Task<ComponentInventory> ReadAsync(ImageKey key, Func<CancellationToken, Task<ComponentInventory>> read, CancellationToken cancel)
    {
        var before = store.GetReading(key.Digest, key.Platform, readers) ?? new KeptReading(0, null);
        if (FailureOf(before) is { } failure)
        {
            throw new InventoryException(failure);
        }

        if (before.Unended >= MostUnended)
        {
            throw Final(key, FailureReason.Quarantined, $"the process ended {before.Unended} times while it read this image: it is not read any more until the readers change");
        }

        var alone = before.Unended > 0;
        using var place = await room.EnterAsync(alone, cancel);
        Put(key, before with { Unended = before.Unended + 1 });
        try
        {
            var inventory = alone ? await ReadAloneAsync(read, cancel) : await read(cancel);
            store.ForgetReading(key.Digest, key.Platform);
            return inventory;
        }
        catch (InventoryException error) when (error.Failure is { Reason: FailureReason.LimitExceeded, Retryable: false })
        {
            throw Final(key, error.Failure.Reason, error.Failure.Message);
        }
        catch (InventoryException error) when (error.Failure.Reason == FailureReason.OutOfMemory)
        {
            // It may have been the others' doing. What was written when it began stays: the next time it is alone.
            throw alone ? Final(key, error.Failure.Reason, error.Failure.Message) : new InventoryException(error.Failure with { Retryable = true }, error);
        }
        catch
        {
            // The process goes on.
            Put(key, before);
            throw;
        }
    }

    private async Task<ComponentInventory> ReadAloneAsync(Func<CancellationToken, Task<ComponentInventory>> read, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(LongestAlone, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            return await read(either.Token);
        }
        catch (OperationCanceledException error) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new InventoryException(
                new InventoryFailure(FailureReason.RegistryStalled, $"the image is read alone since the process ended while it was read, and that took longer than {LongestAlone.TotalMinutes:0} minutes", Retryable: true), error);
        }
    }

    private InventoryException Final(ImageKey key, FailureReason reason, string message)
    {
        Put(key, new KeptReading(0, $"{reason}:{message}"));
        return new InventoryException(reason, message);
    }

    private void Put(ImageKey key, KeptReading reading)
    {
        if (reading is { Unended: 0, Failure: null })
        {
            store.ForgetReading(key.Digest, key.Platform);
        }
        else
        {
            store.PutReading(key.Digest, key.Platform, readers, reading);
        }
    }

    private static InventoryFailure? FailureOf(KeptReading reading)
    {
        var parts = reading.Failure?.Split(':', 2);
        return parts is [var name, var message] && Enum.TryParse<FailureReason>(name, out var reason) ? new InventoryFailure(reason, message, Retryable: false) : null;
    }
}
