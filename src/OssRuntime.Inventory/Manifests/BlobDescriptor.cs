using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Manifests;

/// <summary>A blob as a manifest names it (OCI image spec, descriptor.md).</summary>
/// <param name="Digest">What its bytes hash to.</param>
/// <param name="Size">How many bytes it has; negative where nobody said.</param>
/// <param name="MediaType">What it is said to be; bytes are believed before it.</param>
public sealed record BlobDescriptor(Digest Digest, long Size, string MediaType);
