using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Inventory.Store;

/// <summary>
/// Keeps what was read, so that it is read once. What is kept depends on bytes and on the readers' version alone, and never goes
/// stale; losing it costs only reading again. A store that fails must not stop the work: it tells its trouble otherwise and answers
/// with nothing.
/// </summary>
public interface IInventoryStore
{
    /// <summary>The index of a layer in the form that <see cref="PutLayer"/> was given, or null.</summary>
    /// <param name="layer">The blob's digest.</param>
    /// <param name="catalog">The version of all readers.</param>
    byte[]? GetLayer(Digest layer, string catalog);

    /// <summary>Keeps the index of a layer.</summary>
    void PutLayer(Digest layer, string catalog, ReadOnlySpan<byte> index);

    /// <summary>The inventory of an image, or null.</summary>
    /// <param name="image">The digest of the manifest, or of the index that led to it.</param>
    /// <param name="platform">The platform that was asked for.</param>
    /// <param name="catalog">The version of all readers.</param>
    ComponentInventory? GetInventory(Digest image, Platform platform, string catalog);

    /// <summary>Keeps the inventory of an image.</summary>
    void PutInventory(Digest image, Platform platform, string catalog, ComponentInventory inventory);

    /// <summary>Lets the inventory of an image go, of every version of the readers.</summary>
    void ForgetInventory(Digest image, Platform platform);
}
