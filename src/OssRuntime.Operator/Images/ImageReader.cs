using System.Collections.Immutable;
using System.Runtime.CompilerServices;
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
internal sealed class ImageReader(ImageIndexer indexer, IInventoryStore store, RegistryClient registries, PullSecrets secrets, AttachedVexReader attached, ReadingGuard guard)
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
    public Task LookForAttachedAsync(ImageKey key, ImagePlaces places, CancellationToken cancel) => attached.LookAsync(key, ImagesAsync(places, cancel), cancel);

    /// <summary>Reads the image, and what is attached to it, from the first place that has it.</summary>
    /// <exception cref="InventoryException">No place has it; the reason is that of the last.</exception>
    public Task<ComponentInventory> ReadAsync(ImageKey key, ImagePlaces places, CancellationToken cancel) =>
        guard.ReadAsync(key, token => ReadFromAsync(key, places, token), cancel);

    private async Task<ComponentInventory> ReadFromAsync(ImageKey key, ImagePlaces places, CancellationToken cancel)
    {
        InventoryException? last = null;
        await foreach (var image in ImagesAsync(places, cancel))
        {
            try
            {
                var inventory = await indexer.IndexAsync(image, key.Platform, null, cancel);
                if (attached.Due(key) == TimeSpan.Zero)
                {
                    await attached.LookAsync(key, new[] { image }.ToAsyncEnumerable(), cancel);
                }

                return inventory;
            }
            catch (InventoryException error) when (error.Failure.Retryable || IsOfThePlace(error.Failure.Reason))
            {
                last = error;
            }
        }

        throw last ?? new InventoryException(FailureReason.InvalidReference, "no container names a place to read the image from");
    }

    // One identity at a time: what one pod may read is not for another to learn, and a registry is shown no secret but of who named it.
    private async IAsyncEnumerable<RegistryImage> ImagesAsync(ImagePlaces places, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var place in places.All)
        {
            yield return new RegistryImage(place.Reference, registries, await secrets.OfAsync(place.Identity, cancel));
        }
    }

    // What the image's own bytes are to blame for is so everywhere: they are those of its digest. To read them again for each who runs it would multiply what they cost.
    private static bool IsOfThePlace(FailureReason reason) => reason is not (FailureReason.LimitExceeded or FailureReason.LayerCorrupt or FailureReason.UnsupportedImage or FailureReason.OutOfMemory);
}
