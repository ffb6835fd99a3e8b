using OssRuntime.Inventory;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Registry;
using OssRuntime.Inventory.Store;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Operator.Pods;

namespace OssRuntime.Operator.Images;

/// <summary>Gets inventories: what is known from the store, what is not from the registries that the pods name.</summary>
internal sealed class ImageReader(ImageIndexer indexer, IInventoryStore store, RegistryClient registries, PullSecrets secrets)
{
    private const int MostReferences = 4;

    /// <summary>The inventory if it is known.</summary>
    public ComponentInventory? Find(ImageKey key) => store.GetInventory(key.Digest, key.Platform, indexer.CatalogVersion);

    /// <summary>Lets the inventory go.</summary>
    public void Forget(ImageKey key) => store.ForgetInventory(key.Digest, key.Platform);

    /// <summary>Reads the image from the first place that its pods name and that has it.</summary>
    /// <exception cref="InventoryException">No place has it; the reason is that of the last.</exception>
    public Task<ComponentInventory> ReadAsync(ImageKey key, IReadOnlyList<RunningPod> pods, CancellationToken cancel) => ReadAsync(
        key,
        [
            .. pods.SelectMany(pod => pod.Containers)
                .Where(container => container.Image == key)
                .SelectMany(container => ImageIdentity.References(container.Container.Image, container.Container.ImageId, out _))
                .Distinct()
                .Take(MostReferences),
        ],
        [.. pods.Select(pod => PullIdentity.Of(pod.Pod))],
        cancel);

    /// <summary>Reads the image from the first place that has it.</summary>
    /// <exception cref="InventoryException">No place has it; the reason is that of the last.</exception>
    public async Task<ComponentInventory> ReadAsync(
        ImageKey key, IReadOnlyList<ImageReference> references, IReadOnlyList<PullIdentity> identities, CancellationToken cancel)
    {
        var credentials = await secrets.OfAsync(identities, cancel);
        InventoryException? last = null;
        foreach (var reference in references)
        {
            try
            {
                return await indexer.IndexAsync(new RegistryImage(reference, registries, credentials), key.Platform, null, cancel);
            }
            catch (InventoryException error)
            {
                last = error;
            }
        }

        throw last ?? new InventoryException(FailureReason.InvalidReference, "no container names a place to read the image from");
    }
}
