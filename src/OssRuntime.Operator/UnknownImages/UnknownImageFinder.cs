using System.Collections.Immutable;
using OssRuntime.Exposure.Pods;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Registry;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Model.Images;
using OssRuntime.Operator.Images;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.UnknownImages;

/// <summary>Asks a registry what a name stands for on the platforms of the nodes.</summary>
internal sealed class UnknownImageFinder(RegistryClient registries, PullSecrets secrets, Store<NodeView> nodes)
{
    private const int MostPlatforms = 4;

    /// <summary>The images that the name stands for, one for each platform that it has.</summary>
    /// <exception cref="InventoryException">The registry has no such image for any of the platforms, or does not answer.</exception>
    public async Task<ImmutableArray<ImageKey>> FindAsync(UnknownImage unknown, CancellationToken cancel)
    {
        var credentials = await secrets.OfAsync(unknown.Pull, cancel);
        var image = new RegistryImage(unknown.Image, registries, credentials);
        var found = ImmutableArray.CreateBuilder<ImageKey>();
        InventoryException? last = null;
        foreach (var platform in nodes.Snapshot().Select(node => node.Platform).OfType<Platform>().Where(platform => platform.Os == "linux").Distinct().Take(MostPlatforms))
        {
            try
            {
                var manifest = await image.ResolveAsync(platform, cancel);
                found.Add(new ImageKey(unknown.Image.Digest ?? manifest.Index ?? manifest.Digest, platform));
            }
            catch (InventoryException error) when (error.Failure.Reason is FailureReason.PlatformNotFound)
            {
                last = error;
            }
        }

        return found.Count > 0
            ? found.ToImmutable()
            : throw last ?? new InventoryException(FailureReason.PlatformNotFound, "no node has reported its platform yet");
    }
}
