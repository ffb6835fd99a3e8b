namespace OssRuntime.Inventory.Store;

/// <summary>Is told what goes wrong in a store, which works on without what it lost. It must not throw.</summary>
public interface IStoreObserver
{
    /// <summary>Something could not be read, written or kept.</summary>
    /// <param name="trouble">What it was and what becomes of it, in a sentence.</param>
    void Troubled(string trouble);
}
