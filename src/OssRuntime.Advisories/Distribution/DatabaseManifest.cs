using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;

namespace OssRuntime.Advisories.Distribution;

/// <summary>
/// A database as an OCI artifact (image spec 1.1, "Guidelines for Artifact Usage"): an empty configuration, one layer with the file packed by zstd, and
/// what it is in annotations, with a signature over them and the layer's digest.
/// </summary>
/// <param name="Layer">The digest of the packed file.</param>
/// <param name="LayerLength">Its bytes.</param>
/// <param name="Generation">The generation's name.</param>
/// <param name="Schema">Its schema.</param>
/// <param name="Newest">When its newest record was changed, or empty.</param>
/// <param name="Signature">The signature in base64, or null.</param>
public sealed record DatabaseManifest(string Layer, long LayerLength, string Generation, string Schema, string Newest, string? Signature)
{
    /// <summary>The media type of the manifest.</summary>
    public const string MediaType = "application/vnd.oci.image.manifest.v1+json";

    /// <summary>The digest of the empty configuration, <c>{}</c>.</summary>
    public const string EmptyConfig = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    private const string ArtifactType = "application/vnd.ossruntime.advisories.v1";
    private const string LayerType = "application/vnd.ossruntime.advisories.v1+zstd";
    private const string EmptyType = "application/vnd.oci.empty.v1+json";
    private const string Prefix = "io.ossruntime.advisories.";

    /// <summary>What a signature is over.</summary>
    public byte[] Signed => Encoding.UTF8.GetBytes($"{ArtifactType}\n{Layer}\n{LayerLength.ToString(CultureInfo.InvariantCulture)}\n{Generation}\n{Schema}\n{Newest}\n");

    /// <summary>The manifest of a database, not yet signed.</summary>
    public static DatabaseManifest Of(DatabaseInfo info, string layer, long length) =>
        new(layer, length, info.Generation, info.Schema, info.NewestRecord?.ToString("O", CultureInfo.InvariantCulture) ?? "", Signature: null);

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="ArtifactException">It is none of a database.</exception>
    public static DatabaseManifest Read(byte[] bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            var root = json.RootElement;
            var layer = root.Items("layers").FirstOrDefault(layer => layer.Text("mediaType") == LayerType);
            if (root.Text("artifactType") != ArtifactType || layer.Text("digest") is not { } digest || !layer.At("size").TryGetInt64(out var length) || length < 0)
            {
                throw new ArtifactException("the artifact is not an advisory database");
            }

            var notes = root.At("annotations");
            return new DatabaseManifest(
                digest, length, notes.Text(Prefix + "generation") ?? "", notes.Text(Prefix + "schema") ?? "", notes.Text(Prefix + "newest") ?? "", notes.Text(Prefix + "signature"));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new ArtifactException("the artifact is not an advisory database", exception);
        }
    }

    /// <summary>The manifest's bytes.</summary>
    public byte[] Write()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 2);
            json.WriteString("mediaType", MediaType);
            json.WriteString("artifactType", ArtifactType);
            json.WriteStartObject("config");
            WriteDescriptor(json, EmptyType, EmptyConfig, 2);
            json.WriteEndObject();
            json.WriteStartArray("layers");
            json.WriteStartObject();
            WriteDescriptor(json, LayerType, Layer, LayerLength);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartObject("annotations");
            json.WriteString(Prefix + "generation", Generation);
            json.WriteString(Prefix + "schema", Schema);
            json.WriteString(Prefix + "newest", Newest);
            if (Signature is not null)
            {
                json.WriteString(Prefix + "signature", Signature);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteDescriptor(Utf8JsonWriter json, string type, string digest, long length)
    {
        json.WriteString("mediaType", type);
        json.WriteString("digest", digest);
        json.WriteNumber("size", length);
    }
}
