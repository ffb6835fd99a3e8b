using OssRuntime.Inventory.Extractors;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Merging;

/// <summary>What one extractor found in a file that the finished image has, and in its earlier states.</summary>
/// <param name="Layer">The layer whose file it is.</param>
/// <param name="Findings">What was found.</param>
internal sealed record MergedFile(Digest? Layer, FileFindings Findings)
{
    // Nearly no file has any.
    private List<MergedFile>? _earlier;

    /// <summary>The same file in the layers below, the nearest first, as far down as it was never deleted.</summary>
    public IReadOnlyList<MergedFile> Earlier => _earlier ?? [];

    /// <summary>Takes the same file in a layer below all that were taken.</summary>
    public void AddEarlier(MergedFile file) => (_earlier ??= []).Add(file);
}
