using System.Collections.Immutable;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Images;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors;

/// <summary>What one extractor found in one file. All may be empty: the path was claimed, and that alone hides what lies below it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Extractor">The extractor's name.</param>
internal sealed record FileFindings(string Path, string Extractor)
{
    public ImmutableArray<PackageRecord> Packages { get; init; } = [];

    /// <summary>What could not be read of the file, one sentence each.</summary>
    public ImmutableArray<string> Unknowns { get; init; } = [];

    /// <summary>The distribution, from an os-release file or one like it.</summary>
    public OsRelease? OsRelease { get; init; }

    /// <summary>The files that an OS package installed, as far as any extractor would read them.</summary>
    public ImmutableArray<OwnedFiles> Owned { get; init; } = [];

    /// <summary>Where packages of other files came from.</summary>
    public ImmutableArray<PackageOrigin> Origins { get; init; } = [];

    /// <summary>Licences of packages that other files are the records of.</summary>
    public ImmutableArray<PackageLicenses> Licenses { get; init; } = [];

    /// <summary>Names of files, in the file's directory and below, that its packages brought: they need not be asked what they are.</summary>
    public ImmutableArray<string> Explained { get; init; } = [];

    /// <summary>What an SBOM among the files declares; it is kept apart from what is found.</summary>
    public ImmutableArray<Component> Declared { get; init; } = [];

    public bool IsEmpty =>
        Packages.IsEmpty && Unknowns.IsEmpty && OsRelease is null && Owned.IsEmpty && Origins.IsEmpty && Licenses.IsEmpty && Explained.IsEmpty && Declared.IsEmpty;
}
