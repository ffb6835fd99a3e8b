namespace OssRuntime.Advisories.Distribution;

/// <summary>
/// One repository of a registry (OCI distribution spec 1.1) that databases are pulled from. This room speaks no HTTP to registries: those who use it bring the transport.
/// </summary>
public interface IArtifactSource
{
    /// <summary>What the repository is called in reasons.</summary>
    string Name { get; }

    /// <summary>A manifest by its tag or digest.</summary>
    /// <exception cref="ArtifactException">It cannot be had.</exception>
    Task<byte[]> GetManifestAsync(string reference, CancellationToken cancellation);

    /// <summary>Copies a blob, and no more bytes than it is said to have. They are for the reader to verify.</summary>
    /// <exception cref="ArtifactException">It cannot be had, or not to its end.</exception>
    Task CopyBlobAsync(string digest, long length, Stream target, CancellationToken cancellation);
}
