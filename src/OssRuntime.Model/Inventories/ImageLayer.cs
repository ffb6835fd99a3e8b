using OssRuntime.Model.Images;

namespace OssRuntime.Model.Inventories;

/// <summary>One layer of an image.</summary>
/// <param name="Digest">Of the layer as the manifest names it.</param>
/// <param name="CreatedBy">The build step that made it, from the image's history, cut to 300 characters; null where the history does not fit the layers.</param>
/// <param name="IsBase">True where it is one of the base image's.</param>
public sealed record ImageLayer(Digest Digest, string? CreatedBy, bool IsBase);
