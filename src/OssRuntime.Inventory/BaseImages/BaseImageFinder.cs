using System.Collections.Immutable;
using OssRuntime.Inventory.Manifests;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Inventory.BaseImages;

/// <summary>Which image an image was built on: by known layers, else by its history; its annotations may give the name.</summary>
internal static class BaseImageFinder
{
    /// <summary>The layers with what made them, and the base; null where nothing tells of one.</summary>
    public static (ImmutableArray<ImageLayer> Layers, BaseImage? Base) Find(ImageManifest manifest, KnownBaseImages known)
    {
        var steps = manifest.History.Where(step => step.HasLayer).ToList();

        // A history that does not fit the layers was cut or made up.
        var fits = steps.Count == manifest.Layers.Length;
        var image = BaseOf(manifest, known, fits);
        var layers = manifest.Layers.Select((layer, i) => new ImageLayer(layer.Digest, fits ? steps[i].CreatedBy : null, i < (image?.Layers ?? 0)));
        return ([.. layers], image);
    }

    private static BaseImage? BaseOf(ImageManifest manifest, KnownBaseImages known, bool fits)
    {
        if (known.Find([.. manifest.Layers.Select(layer => layer.Digest)]) is var (name, count))
        {
            return new BaseImage(name, manifest.BaseDigest, count, BaseImageEvidence.KnownLayers);
        }

        var layers = fits ? BaseByHistory.Layers(manifest.History) : 0;
        if (layers > 0)
        {
            return new BaseImage(manifest.BaseName, manifest.BaseDigest, layers, BaseImageEvidence.History);
        }

        return manifest.BaseName is null && manifest.BaseDigest is null
            ? null
            : new BaseImage(manifest.BaseName, manifest.BaseDigest, 0, BaseImageEvidence.Annotation);
    }
}
