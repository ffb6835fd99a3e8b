using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ZstdSharp;

namespace OssRuntime.Testing.Images;

/// <summary>Builds images in memory, good ones and bad ones.</summary>
public sealed class ImageBuilder
{
    private const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    private const string OciIndex = "application/vnd.oci.image.index.v1+json";

    private readonly List<(byte[] Blob, string MediaType)> _layers = [];
    private string _os = "linux";
    private string _architecture = "amd64";
    private string? _variant;
    private string _manifestType = OciManifest;
    private string _configType = "application/vnd.oci.image.config.v1+json";
    private (string CreatedBy, bool HasLayer)[]? _history;
    private Func<string, string> _changeManifest = manifest => manifest;

    /// <summary>The sha256 digest of bytes.</summary>
    public static string DigestOf(ReadOnlySpan<byte> content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Compresses with gzip.</summary>
    public static byte[] Gzip(ReadOnlySpan<byte> content, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, level))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }

    /// <summary>Compresses with zstd.</summary>
    public static byte[] Zstd(ReadOnlySpan<byte> content)
    {
        using var compressor = new Compressor();
        return compressor.Wrap(content).ToArray();
    }

    /// <summary>Puts several platforms' images into one index.</summary>
    public static BuiltImage Index(params (BuiltImage Image, string Platform)[] images)
    {
        var entries = new JsonArray();
        foreach (var (image, platform) in images)
        {
            var parts = platform.Split('/');
            var entry = Descriptor(image.MediaType, image.Manifest);
            entry["platform"] = new JsonObject { ["os"] = parts[0], ["architecture"] = parts[1] };
            if (parts.Length == 3)
            {
                entry["platform"]!["variant"] = parts[2];
            }

            entries.Add(entry);
        }

        var index = Bytes(new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = OciIndex, ["manifests"] = entries });
        var blobs = new Dictionary<string, byte[]> { [DigestOf(index)] = index };
        foreach (var (digest, content) in images.SelectMany(i => i.Image.Blobs))
        {
            blobs[digest] = content;
        }

        return new BuiltImage(OciIndex, index, blobs, []);
    }

    /// <summary>Adds a layer.</summary>
    public ImageBuilder Layer(Action<TarBuilder> fill, LayerCompressionKind compression = LayerCompressionKind.Gzip)
    {
        var tar = new TarBuilder();
        fill(tar);
        return Layer(tar.Build(), compression);
    }

    /// <summary>Adds a layer out of a whole tar archive.</summary>
    public ImageBuilder Layer(byte[] tar, LayerCompressionKind compression = LayerCompressionKind.Gzip) => compression switch
    {
        LayerCompressionKind.Zstd => Blob(Zstd(tar), "application/vnd.oci.image.layer.v1.tar+zstd"),
        LayerCompressionKind.None => Blob(tar, "application/vnd.oci.image.layer.v1.tar"),
        _ => Blob(Gzip(tar), "application/vnd.oci.image.layer.v1.tar+gzip"),
    };

    /// <summary>Adds a layer of exactly these bytes.</summary>
    public ImageBuilder Blob(byte[] blob, string mediaType = "application/vnd.oci.image.layer.v1.tar+gzip")
    {
        _layers.Add((blob, mediaType));
        return this;
    }

    /// <summary>Sets what the configuration says the image was built for.</summary>
    public ImageBuilder Platform(string os, string architecture, string? variant = null)
    {
        (_os, _architecture, _variant) = (os, architecture, variant);
        return this;
    }

    /// <summary>Makes it one of Docker's schema 2.</summary>
    public ImageBuilder AsDocker()
    {
        _manifestType = "application/vnd.docker.distribution.manifest.v2+json";
        _configType = "application/vnd.docker.container.image.v1+json";
        return this;
    }

    /// <summary>Sets the configuration's media type: another makes the image an artifact.</summary>
    public ImageBuilder ConfigType(string mediaType)
    {
        _configType = mediaType;
        return this;
    }

    /// <summary>Sets the steps that the configuration says made the image.</summary>
    public ImageBuilder History(params (string CreatedBy, bool HasLayer)[] steps)
    {
        _history = steps;
        return this;
    }

    /// <summary>Changes the manifest's text before it is hashed.</summary>
    public ImageBuilder ChangeManifest(Func<string, string> change)
    {
        _changeManifest = change;
        return this;
    }

    /// <summary>The image.</summary>
    public BuiltImage Build()
    {
        var config = new JsonObject { ["os"] = _os, ["architecture"] = _architecture, ["config"] = new JsonObject() };
        if (_variant is not null)
        {
            config["variant"] = _variant;
        }

        if (_history is not null)
        {
            config["history"] = new JsonArray([.. _history.Select(step => step.HasLayer
                ? new JsonObject { ["created_by"] = step.CreatedBy }
                : new JsonObject { ["created_by"] = step.CreatedBy, ["empty_layer"] = true })]);
        }

        var configBytes = Bytes(config);
        var blobs = new Dictionary<string, byte[]> { [DigestOf(configBytes)] = configBytes };
        var layers = new JsonArray();
        foreach (var (blob, mediaType) in _layers)
        {
            blobs[DigestOf(blob)] = blob;
            layers.Add(Descriptor(mediaType, blob));
        }

        var document = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = _manifestType,
            ["config"] = Descriptor(_configType, configBytes),
            ["layers"] = layers,
        };
        var manifest = Encoding.UTF8.GetBytes(_changeManifest(document.ToJsonString()));
        blobs[DigestOf(manifest)] = manifest;
        return new BuiltImage(_manifestType, manifest, blobs, [.. _layers.Select(l => DigestOf(l.Blob))]);
    }

    private static JsonObject Descriptor(string mediaType, byte[] content) =>
        new() { ["mediaType"] = mediaType, ["digest"] = DigestOf(content), ["size"] = content.Length };

    private static byte[] Bytes(JsonObject document) => Encoding.UTF8.GetBytes(document.ToJsonString());
}
