using OssRuntime.Inventory.Store;

namespace OssRuntime.Inventory.Tests.Store;

/// <summary>The test fails where its store has anything to complain of.</summary>
internal sealed class NoStoreTrouble : IStoreObserver
{
    public void Troubled(string trouble) => Assert.Fail(trouble);
}
