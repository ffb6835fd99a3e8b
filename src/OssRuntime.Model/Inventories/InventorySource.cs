namespace OssRuntime.Model.Inventories;

/// <summary>How an inventory was obtained.</summary>
public enum InventorySource
{
    /// <summary>Read out of the image's layers, or a root file system.</summary>
    Layers,

    /// <summary>An SBOM that refers to the image (OCI 1.1 referrers).</summary>
    Referrer,

    /// <summary>An SBOM in a cosign attestation.</summary>
    CosignAttestation,

    /// <summary>An SBOM in a BuildKit attestation manifest of the index.</summary>
    BuildKitAttestation,

    /// <summary>An SBOM file in the image.</summary>
    EmbeddedSbom,

    /// <summary>An SBOM file that the user gave.</summary>
    SbomFile,
}
