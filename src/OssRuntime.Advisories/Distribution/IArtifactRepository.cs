namespace OssRuntime.Advisories.Distribution;

/// <summary>One repository of a registry that databases are pushed to, and pulled from.</summary>
public interface IArtifactRepository : IArtifactSource
{
    /// <summary>Puts a blob there, unless it is there already.</summary>
    /// <exception cref="ArtifactException">It is not taken.</exception>
    Task PutBlobAsync(string digest, long length, Func<Stream> open, CancellationToken cancellation);

    /// <summary>Puts a manifest there under a tag.</summary>
    /// <exception cref="ArtifactException">It is not taken.</exception>
    Task PutManifestAsync(string tag, string mediaType, byte[] manifest, CancellationToken cancellation);
}
