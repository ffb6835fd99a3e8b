namespace OssRuntime.Stage.Images;

/// <summary>An image in a registry.</summary>
/// <param name="Reference">As a pod names it: <c>127.0.0.1:port/repository:tag</c>.</param>
/// <param name="Digest">What the tag resolves to: the manifest's digest, or the index's for an image of several platforms.</param>
public sealed record PushedImage(string Reference, string Digest);
