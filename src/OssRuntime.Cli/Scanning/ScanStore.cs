using OssRuntime.Inventory.Store;

namespace OssRuntime.Cli.Scanning;

/// <summary>
/// Where a scan keeps what is in each layer: the file that the user named; where there may be several images and none is named, a file that is gone
/// with the scan, so that a layer they share is read once; for one image nowhere.
/// </summary>
internal sealed class ScanStore : IDisposable
{
    private readonly SqliteInventoryStore? _store;
    private readonly string? _folder;

    private ScanStore(SqliteInventoryStore? store, string? folder) => (_store, _folder) = (store, folder);

    /// <summary>What images are read into; null where nothing is kept.</summary>
    public IInventoryStore? Inventories => _store;

    /// <summary>Opens it.</summary>
    /// <param name="path">The file that was named, or null.</param>
    /// <param name="targets">What is scanned.</param>
    /// <param name="observer">Is told when a file had to be begun anew.</param>
    /// <param name="time">The clock of what is kept.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static ScanStore Open(string? path, IReadOnlyList<string> targets, IStoreObserver observer, TimeProvider time)
    {
        if (path is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return new ScanStore(SqliteInventoryStore.Open(path, observer, time), null);
        }

        if (targets.Count == 1 && ScanTarget.Parse(targets[0]).Kind != TargetKind.Manifests)
        {
            return new ScanStore(null, null);
        }

        var folder = Directory.CreateTempSubdirectory("ossruntime-").FullName;
        try
        {
            return new ScanStore(SqliteInventoryStore.Open(Path.Combine(folder, "inventory.db"), observer, time), folder);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    public void Dispose()
    {
        _store?.Dispose();
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
