using System.Collections.Immutable;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.KnownPrograms;

/// <summary>A program that images have without a package manager, and how it tells its version.</summary>
/// <param name="Name">The name of its <c>pkg:generic</c> purl.</param>
/// <param name="Cpe">Vendor and product in the CPE dictionary, <c>f5:nginx</c>.</param>
/// <param name="Files">The names that its file may have; <c>*</c> stands for any text.</param>
/// <param name="Patterns">What stands around the version in the file, in the language of <see cref="VersionPattern"/>.</param>
internal sealed record KnownProgram(string Name, string Cpe, ImmutableArray<string> Files, ImmutableArray<string> Patterns)
{
    private readonly Lazy<ImmutableArray<VersionPattern>> _patterns = new(() => [.. Patterns.Select(p => new VersionPattern(p))]);

    /// <summary>What it is to the image.</summary>
    public ComponentType Kind { get; init; } = ComponentType.Application;

    /// <summary>True where the name of the file has the first numbers of the version, and a version that begins otherwise is another program's.</summary>
    public bool IsVersionInName { get; init; }

    /// <summary>The patterns, ready to search with.</summary>
    public ImmutableArray<VersionPattern> Searches => _patterns.Value;

    /// <summary>The record of it at a version.</summary>
    public PackageRecord At(string version) => new()
    {
        Type = "generic",
        Name = Name,
        Version = version,
        Kind = Kind,
        Cpe = $"cpe:2.3:a:{Cpe}:{version}:*:*:*:*:*:*:*",
    };
}
