using System.Collections.Immutable;
using OssRuntime.Advisories.Vex;
using OssRuntime.Inventory;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Registry;
using OssRuntime.Inventory.Store;
using OssRuntime.Model.Inventories;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.Images;

/// <summary>Gets inventories, and the VEX that is attached: what is known from the store, what is not from the registries that the pods name.</summary>
internal sealed class ImageReader(ImageIndexer indexer, IInventoryStore store, RegistryClient registries, PullSecrets secrets, AttachedVexReader attached)
{
    /// <summary>The inventory if it is known.</summary>
    public ComponentInventory? Find(ImageKey key) => store.GetInventory(key.Digest, key.Platform, indexer.CatalogVersion);

    /// <summary>Lets the inventory go.</summary>
    public void Forget(ImageKey key) => store.ForgetInventory(key.Digest, key.Platform);

    /// <summary>The VEX documents that are known to be attached to the image and may be believed.</summary>
    public ImmutableArray<VexDocument> Attached(ImageKey key) => attached.Of(key);

    /// <summary>How long until what is attached is to be looked for again: zero for now, null for never.</summary>
    public TimeSpan? AttachedDue(ImageKey key) => attached.Due(key);

    /// <summary>Looks for what is attached where the image's pods say.</summary>
    public async Task LookForAttachedAsync(ImageKey key, ImagePlaces places, CancellationToken cancel) =>
        await attached.LookAsync(key, places.References, await secrets.OfAsync(places.Identities, cancel), cancel);

    /// <summary>Reads the image, and what is attached to it, from the first place that has it.</summary>
    /// <exception cref="InventoryException">No place has it; the reason is that of the last.</exception>
    public async Task<ComponentInventory> ReadAsync(ImageKey key, ImagePlaces places, CancellationToken cancel)
    {
        var credentials = await secrets.OfAsync(places.Identities, cancel);
        InventoryException? last = null;
        foreach (var reference in places.References)
        {
            try
            {
                var inventory = await indexer.IndexAsync(new RegistryImage(reference, registries, credentials), key.Platform, null, cancel);
                if (attached.Due(key) == TimeSpan.Zero)
                {
                    await attached.LookAsync(key, [reference], credentials, cancel);
                }

                return inventory;
            }
            catch (InventoryException error)
            {
                last = error;
            }
        }

        throw last ?? new InventoryException(FailureReason.InvalidReference, "no container names a place to read the image from");
    }
}
