namespace OssRuntime.Advisories.Distribution;

/// <summary>
/// One repository of a registry (OCI distribution spec 1.1), as far as databases travel through it. This room speaks no HTTP to registries: those
/// who use it bring the transport.
/// </summary>
public interface IArtifactRepository
{
    /// <summary>What the repository is called in reasons.</summary>
    string Name { get; }

    /// <summary>A manifest by its tag or digest.</summary>
    /// <exception cref="ArtifactException">It cannot be had.</exception>
    Task<byte[]> GetManifestAsync(string reference, CancellationToken cancellation);

    /// <summary>Copies a blob, and no more bytes than it is said to have. They are for the reader to verify.</summary>
    /// <exception cref="ArtifactException">It cannot be had, or not to its end.</exception>
    Task CopyBlobAsync(string digest, long length, Stream target, CancellationToken cancellation);

    /// <summary>Puts a blob there, unless it is there already.</summary>
    /// <exception cref="ArtifactException">It is not taken.</exception>
    Task PutBlobAsync(string digest, long length, Func<Stream> open, CancellationToken cancellation);

    /// <summary>Puts a manifest there under a tag.</summary>
    /// <exception cref="ArtifactException">It is not taken.</exception>
    Task PutManifestAsync(string tag, string mediaType, byte[] manifest, CancellationToken cancellation);
}
