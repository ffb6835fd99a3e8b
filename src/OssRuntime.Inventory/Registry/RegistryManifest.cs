using OssRuntime.Inventory.Manifests;

namespace OssRuntime.Inventory.Registry;

/// <summary>A manifest or index out of a registry, verified.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Descriptor">Its digest, size and announced media type.</param>
public sealed record RegistryManifest(byte[] Content, BlobDescriptor Descriptor);
