using OssRuntime.Inventory.Store;

namespace OssRuntime.Inventory.Tests.Store;

/// <summary>Remembers what a store complained of.</summary>
internal sealed class StoreTroubles : IStoreObserver
{
    private readonly List<string> _all = [];

    public IReadOnlyList<string> All => _all;

    public void Troubled(string trouble) => _all.Add(trouble);
}
