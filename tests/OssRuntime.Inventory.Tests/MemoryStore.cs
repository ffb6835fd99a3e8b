using System.Collections.Concurrent;
using OssRuntime.Inventory.Store;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Inventory.Tests;

/// <summary>A store for the length of a test.</summary>
internal sealed class MemoryStore : IInventoryStore
{
    public ConcurrentDictionary<(Digest, string), byte[]> Layers { get; } = new();

    public ConcurrentDictionary<(Digest, Platform, string), ComponentInventory> Inventories { get; } = new();

    public byte[]? GetLayer(Digest layer, string catalog) => Layers.GetValueOrDefault((layer, catalog));

    public void PutLayer(Digest layer, string catalog, ReadOnlySpan<byte> index) => Layers[(layer, catalog)] = index.ToArray();

    public ComponentInventory? GetInventory(Digest image, Platform platform, string catalog) => Inventories.GetValueOrDefault((image, platform, catalog));

    public void PutInventory(Digest image, Platform platform, string catalog, ComponentInventory inventory, IReadOnlyCollection<Digest> layers) =>
        Inventories[(image, platform, catalog)] = inventory;

    public void ForgetInventory(Digest image, Platform platform)
    {
        foreach (var key in Inventories.Keys.Where(key => key.Item1 == image && key.Item2 == platform))
        {
            Inventories.TryRemove(key, out _);
        }
    }

    public IReadOnlyList<(Digest Image, Platform Platform)> List() => [.. Inventories.Keys.Select(k => (k.Item1, k.Item2)).Distinct()];
}
