using System.Collections.Concurrent;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.State;

/// <summary>The facts of every image that this process has worked on. An image without facts has not had its turn since the start.</summary>
internal sealed class FactsIndex
{
    private readonly ConcurrentDictionary<ImageKey, ImageFacts> _facts = new();

    public IReadOnlyCollection<ImageFacts> All => (IReadOnlyCollection<ImageFacts>)_facts.Values;

    public ImageFacts? Find(ImageKey key) => _facts.GetValueOrDefault(key);

    public void Set(ImageFacts facts) => _facts[facts.Key] = facts;

    public void Forget(ImageKey key) => _facts.TryRemove(key, out _);
}
