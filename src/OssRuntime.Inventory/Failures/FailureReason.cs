namespace OssRuntime.Inventory.Failures;

/// <summary>Why an image has no inventory. The names are shown to users and label metrics: they do not change.</summary>
public enum FailureReason
{
    /// <summary>The text names no image.</summary>
    InvalidReference,

    /// <summary>There is no such file, directory, tag or archive on this machine.</summary>
    SourceNotFound,

    /// <summary>A layout or an archive is not what it should be.</summary>
    SourceInvalid,

    /// <summary>The registry knows no such repository, tag or digest.</summary>
    ManifestUnknown,

    /// <summary>The manifest or index is no valid one.</summary>
    ManifestInvalid,

    /// <summary>The index has no image for the platform.</summary>
    PlatformNotFound,

    /// <summary>A layer or the configuration that the manifest names is not there.</summary>
    BlobUnknown,

    /// <summary>A blob ended before its announced size, and again after it was resumed.</summary>
    BlobCut,

    /// <summary>Bytes that are not what their digest says.</summary>
    DigestMismatch,

    /// <summary>The registry wants credentials, or refuses those it was given.</summary>
    Unauthorized,

    /// <summary>The credentials are good and do not reach this repository.</summary>
    Forbidden,

    /// <summary>The registry asks for patience (429).</summary>
    RateLimited,

    /// <summary>No connection: name, route, TLS or the port.</summary>
    RegistryUnreachable,

    /// <summary>The registry took the request and then sent nothing for too long.</summary>
    RegistryStalled,

    /// <summary>The registry answered with a server error, or with something that the protocol does not know.</summary>
    RegistryError,

    /// <summary>The registry is spoken to by plain HTTP only where that is allowed.</summary>
    InsecureRegistry,

    /// <summary>Not a Linux image that can be read: Windows, an artifact, encrypted or foreign layers, an ancient manifest.</summary>
    UnsupportedImage,

    /// <summary>A layer is neither gzip, zstd nor tar, or breaks off inside.</summary>
    LayerCorrupt,

    /// <summary>Only an SBOM was asked for, and the image has none that may be used.</summary>
    SbomNotFound,

    /// <summary>The image wants more work than the limits allow: a bomb, or limits that are too low for it.</summary>
    LimitExceeded,

    /// <summary>Reading the image took more memory than the process may have, whatever else was read beside it.</summary>
    OutOfMemory,

    /// <summary>The process ended twice while it read the image: it is not read any more until the readers change.</summary>
    Quarantined,
}
