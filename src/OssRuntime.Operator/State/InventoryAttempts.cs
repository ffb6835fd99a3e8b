using System.Collections.Concurrent;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.State;

/// <summary>The images whose last try failed. The next try waits its time, however often pods of the image come and go.</summary>
internal sealed class InventoryAttempts
{
    private readonly ConcurrentDictionary<ImageKey, InventoryAttempt> _failed = new();

    public InventoryAttempt? Find(ImageKey key) => _failed.GetValueOrDefault(key);

    public void Set(ImageKey key, InventoryAttempt attempt) => _failed[key] = attempt;

    public void Forget(ImageKey key) => _failed.TryRemove(key, out _);
}
