namespace OssRuntime.Cli.Scanning;

/// <summary>What a scan target is.</summary>
internal enum TargetKind
{
    /// <summary>A reference to an image in a registry.</summary>
    Registry,

    /// <summary><c>oci:DIR[:TAG]</c>, an OCI image layout.</summary>
    OciLayout,

    /// <summary><c>oci-archive:FILE</c>, an OCI image layout in a tar.</summary>
    OciArchive,

    /// <summary><c>docker-archive:FILE</c>, what <c>docker save</c> writes.</summary>
    DockerArchive,

    /// <summary><c>rootfs:DIR</c>, a root file system on disk.</summary>
    RootFileSystem,

    /// <summary><c>sbom:FILE</c>, an SBOM on disk.</summary>
    SbomFile,

    /// <summary><c>manifests:PATH</c>, Kubernetes manifests whose images are read from their registries.</summary>
    Manifests,
}
