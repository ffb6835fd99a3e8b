using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Inventory.Store;

/// <summary>
/// Keeps what was read, so that it is read once. What is kept depends on bytes and on the readers' version alone, and never goes
/// stale; losing it costs only reading again. A store that fails must not stop the work: it tells its trouble otherwise and answers
/// with nothing. All members may be called by several threads.
/// </summary>
public interface IInventoryStore
{
    /// <summary>The index of a layer in the form that <see cref="PutLayer"/> was given, or null.</summary>
    /// <param name="layer">The blob's digest.</param>
    /// <param name="catalog">The version of all readers.</param>
    byte[]? GetLayer(Digest layer, string catalog);

    /// <summary>Keeps the index of a layer, in the place of one of another version of the readers.</summary>
    void PutLayer(Digest layer, string catalog, ReadOnlySpan<byte> index);

    /// <summary>The inventory of an image, or null.</summary>
    /// <param name="image">The digest of the manifest, or of the index that led to it.</param>
    /// <param name="platform">The platform that was asked for.</param>
    /// <param name="catalog">The version of all readers.</param>
    ComponentInventory? GetInventory(Digest image, Platform platform, string catalog);

    /// <summary>Keeps the inventory of an image, in the place of one of another version of the readers.</summary>
    /// <param name="image">The digest of the manifest, or of the index that led to it.</param>
    /// <param name="platform">The platform that was asked for.</param>
    /// <param name="catalog">The version of all readers.</param>
    /// <param name="inventory">The inventory.</param>
    /// <param name="layers">The layers it was made of: they are kept at least as long.</param>
    void PutInventory(Digest image, Platform platform, string catalog, ComponentInventory inventory, IReadOnlyCollection<Digest> layers);

    /// <summary>
    /// Lets the inventory of an image go, of every version of the readers, and in time the layers that only it was made of.
    /// </summary>
    void ForgetInventory(Digest image, Platform platform);

    /// <summary>The images there are inventories of.</summary>
    IReadOnlyList<(Digest Image, Platform Platform)> List();
}
