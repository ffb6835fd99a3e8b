using System.Collections.Immutable;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors;
using OssRuntime.Inventory.Paths;

namespace OssRuntime.Inventory.Layers;

/// <summary>
/// All that one layer says about an image's components. It depends on the layer's bytes and the extractors only, so it is computed once
/// and serves every image that shares the layer.
/// </summary>
internal sealed record LayerIndex
{
    /// <summary>
    /// Every path of the layer that an extractor claimed, also where nothing was found in it: a file that says nothing any more
    /// still hides the one below that did. Sorted by path.
    /// </summary>
    public required ImmutableArray<FileFindings> Files { get; init; }

    /// <summary>Paths that the layer deletes from the layers below (<c>.wh.</c> files), each with all beneath it.</summary>
    public ImmutableArray<string> Whiteouts { get; init; } = [];

    /// <summary>Directories whose content in the layers below is gone (<c>.wh..wh..opq</c>).</summary>
    public ImmutableArray<string> OpaqueDirectories { get; init; } = [];

    /// <summary>
    /// What the layer puts where a lower one may have a directory: then all that was beneath it is gone. Files that end as no
    /// directory does (see <see cref="LeafNames"/>) are left out; they are nearly all.
    /// </summary>
    public PathList Shadows { get; init; } = PathList.Empty;

    /// <summary>Symbolic links in the root directory (<c>lib</c> → <c>usr/lib</c>): package databases write paths through them.</summary>
    public ImmutableArray<KeyValuePair<string, string>> RootLinks { get; init; } = [];

    /// <summary>What could not be read for a reason that belongs to no extractor.</summary>
    public ImmutableArray<FileUnknown> Unknowns { get; init; } = [];

    /// <summary>Bytes that the layer inflates to.</summary>
    public long InflatedBytes { get; init; }

    /// <summary>Takes what a layer that was read before adds to an image out of its budget.</summary>
    /// <exception cref="Failures.InventoryException">The image has too much of it.</exception>
    public void TakeFrom(ImageBudget image)
    {
        foreach (var file in Files)
        {
            image.TakePackages(file.Packages.Length + file.Declared.Length, file.Path);
            image.TakeCharacters(file.Path.Length + file.Packages.Sum(package => package.Characters) + file.Unknowns.Sum(reason => reason.Length), file.Path);
        }
    }
}
