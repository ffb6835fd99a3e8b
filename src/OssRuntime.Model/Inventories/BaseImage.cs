namespace OssRuntime.Model.Inventories;

/// <summary>The image that an image was built on, as far as something tells it.</summary>
/// <param name="Name">Its name, where known layers or an annotation tell it; or null.</param>
/// <param name="Digest">Its digest, where the annotation <c>org.opencontainers.image.base.digest</c> tells it; or null.</param>
/// <param name="Layers">How many of the image's lowest layers are its own; 0 where that is not known.</param>
/// <param name="Evidence">What told it.</param>
public sealed record BaseImage(string? Name, string? Digest, int Layers, BaseImageEvidence Evidence);
