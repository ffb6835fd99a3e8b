using System.Text;

namespace OssRuntime.Testing.Images;

/// <summary>An image, or an index of several, with all blobs by their digests.</summary>
/// <param name="MediaType">The media type of the manifest or index.</param>
/// <param name="Manifest">Its bytes.</param>
/// <param name="Blobs">Everything by digest, the manifest too.</param>
/// <param name="LayerDigests">The layers of a single image, the lowest first.</param>
public sealed record BuiltImage(
    string MediaType, byte[] Manifest, IReadOnlyDictionary<string, byte[]> Blobs, IReadOnlyList<string> LayerDigests)
{
    /// <summary>The digest of the manifest or index.</summary>
    public string Digest { get; } = ImageBuilder.DigestOf(Manifest);

    /// <summary>Writes an OCI layout, with a tag where one is given.</summary>
    public string WriteLayout(string directory, string? tag = null)
    {
        foreach (var (digest, content) in Blobs)
        {
            var path = Path.Combine(directory, "blobs", digest.Split(':')[0], digest.Split(':')[1]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }

        File.WriteAllText(Path.Combine(directory, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        File.WriteAllText(Path.Combine(directory, "index.json"), LayoutIndex(tag));
        return directory;
    }

    /// <summary>The same layout as one tar archive.</summary>
    public byte[] ToLayoutArchive(string? tag = null)
    {
        var tar = new TarBuilder()
            .File("oci-layout", """{"imageLayoutVersion":"1.0.0"}""")
            .File("index.json", LayoutIndex(tag));
        foreach (var (digest, content) in Blobs.OrderBy(b => b.Key, StringComparer.Ordinal))
        {
            tar.File($"blobs/{digest.Replace(':', '/')}", content);
        }

        return tar.Build();
    }

    private string LayoutIndex(string? tag)
    {
        var annotations = tag is null ? "" : $$""","annotations":{"org.opencontainers.image.ref.name":"{{tag}}"}""";
        return new StringBuilder()
            .Append($$"""{"schemaVersion":2,"manifests":[{"mediaType":"{{MediaType}}","digest":"{{Digest}}","size":{{Manifest.Length}}""")
            .Append(annotations)
            .Append("}]}")
            .ToString();
    }
}
