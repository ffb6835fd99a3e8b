using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Registry;
using OssRuntime.Inventory.RootFileSystems;
using OssRuntime.Model.Images;

namespace OssRuntime.Cli.Scanning;

/// <summary>Opens what a target names.</summary>
internal sealed class ImageSources(RegistryClient registries, IRegistryCredentials credentials)
{
    /// <summary>A root file system on disk.</summary>
    /// <exception cref="InventoryException">There is no such thing.</exception>
    public static RootFileSystem OpenRoot(ScanTarget target) =>
        Directory.Exists(target.Location)
            ? new RootFileSystem(target.Location)
            : throw new InventoryException(FailureReason.SourceNotFound, $"the folder {target.Location} does not exist");

    /// <summary>An image, wherever it is.</summary>
    /// <exception cref="InventoryException">There is no such thing, or its name is none.</exception>
    public IImageSource Open(ScanTarget target) => target.Kind switch
    {
        TargetKind.OciLayout => OpenLayout(target.Location),
        TargetKind.OciArchive => OciArchive.Open(target.Location),
        TargetKind.DockerArchive => DockerArchive.Open(target.Location),
        _ => OpenRegistry(target.Location),
    };

    // A folder may have a colon in its name: what follows the last one is a tag only if the whole is no folder.
    private static OciLayout OpenLayout(string location)
    {
        var colon = location.LastIndexOf(':');
        return colon < 0 || Directory.Exists(location)
            ? new OciLayout(location, null)
            : new OciLayout(location[..colon], location[(colon + 1)..]);
    }

    private RegistryImage OpenRegistry(string name) =>
        ImageReference.TryParse(name, out var reference, out var reason)
            ? new RegistryImage(reference!, registries, credentials)
            : throw new InventoryException(FailureReason.InvalidReference, $"'{name}' is not a valid image reference: {reason}");
}
