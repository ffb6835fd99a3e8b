using System.Text.Json;
using OssRuntime.Stage.Images;

namespace OssRuntime.Benchmarks.Inventory;

/// <summary>An image of the bench set as an OCI layout on disk.</summary>
internal sealed class BenchImage
{
    private BenchImage(string name, string layout, IReadOnlyList<string> layers) => (Name, Layout, Layers) = (name, layout, layers);

    /// <summary>Its recipe's name without the set's: <c>python</c>.</summary>
    public string Name { get; }

    /// <summary>The layout's folder.</summary>
    public string Layout { get; }

    /// <summary>The layers' files, the lowest first.</summary>
    public IReadOnlyList<string> Layers { get; }

    /// <summary>Bytes of all layers as they are stored.</summary>
    public long Size => Layers.Sum(layer => new FileInfo(layer).Length);

    /// <summary>The target as ossruntime takes it.</summary>
    public string Target => $"oci:{Layout}:latest";

    public static BenchImage Of(StageImage image)
    {
        var manifest = Json(BlobOf(image.LayoutFolder, Json(Path.Combine(image.LayoutFolder, "index.json")).GetProperty("manifests")[0]));
        var layers = manifest.GetProperty("layers").EnumerateArray().Select(layer => BlobOf(image.LayoutFolder, layer));
        return new BenchImage(image.Name.Replace("bench-", "", StringComparison.Ordinal), image.LayoutFolder, [.. layers]);
    }

    /// <summary>A copy without the layers: who lists its components has read none.</summary>
    public string WithoutLayers(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Layout, "*", SearchOption.AllDirectories).Where(file => !Layers.Contains(file)))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Layout, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }

        return $"oci:{folder}:latest";
    }

    private static string BlobOf(string layout, JsonElement descriptor) =>
        Path.Combine(layout, "blobs", descriptor.GetProperty("digest").GetString()!.Replace(':', '/'));

    private static JsonElement Json(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return document.RootElement.Clone();
    }
}
