namespace OssRuntime.Inventory.Manifests;

/// <summary>Media types of manifests, indexes, configurations and layers (OCI image spec, media-types.md; Docker's image manifest v2, schema 2).</summary>
internal static class MediaTypes
{
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    public const string OciConfig = "application/vnd.oci.image.config.v1+json";
    public const string OciLayer = "application/vnd.oci.image.layer.v1.tar";
    public const string DockerIndex = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    public const string DockerConfig = "application/vnd.docker.container.image.v1+json";
    public const string DockerLayer = "application/vnd.docker.image.rootfs.diff.tar";

    private const string DockerSchema1 = "application/vnd.docker.distribution.manifest.v1+";

    public static bool IsIndex(string? type) => type is OciIndex or DockerIndex;

    public static bool IsManifest(string? type) => type is OciManifest or DockerManifest;

    public static bool IsSchema1(string? type) => type?.StartsWith(DockerSchema1, StringComparison.Ordinal) == true;

    /// <summary>True for the configuration of a container image; anything else marks an artifact. Some builders leave it empty.</summary>
    public static bool IsImageConfig(string? type) => type is OciConfig or DockerConfig or null or "";

    /// <summary>Null for a layer that can be read, else what it is.</summary>
    public static string? RefuseLayer(string type)
    {
        if (type.Contains("+encrypted", StringComparison.Ordinal))
        {
            return "an encrypted layer";
        }

        if (type.Contains("nondistributable", StringComparison.Ordinal) || type.Contains(".foreign.", StringComparison.Ordinal))
        {
            return "a foreign layer, which the registry does not have";
        }

        return type.StartsWith(OciLayer, StringComparison.Ordinal) || type.StartsWith(DockerLayer, StringComparison.Ordinal)
            ? null
            : $"a layer of type '{type}'";
    }
}
