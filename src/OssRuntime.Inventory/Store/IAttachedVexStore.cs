using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Store;

/// <summary>
/// Keeps the VEX documents that were attached to images when they were last looked for: what is known anew of an image is held against them without a
/// request to its registry. They go with the image's inventory.
/// </summary>
public interface IAttachedVexStore
{
    /// <summary>What was attached to an image; null where it was never looked for under these choices.</summary>
    /// <param name="image">The digest of the manifest, or of the index that led to it.</param>
    /// <param name="platform">The platform that was asked for.</param>
    /// <param name="choices">The version of the choices of whom to believe.</param>
    KeptVex? GetVex(Digest image, Platform platform, string choices);

    /// <summary>Keeps what is attached, in the place of what was.</summary>
    void PutVex(Digest image, Platform platform, string choices, KeptVex vex);
}
