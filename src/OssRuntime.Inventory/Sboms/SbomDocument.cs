using System.Collections.Immutable;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Sboms;

/// <summary>What an SBOM says, as far as it could be read.</summary>
public sealed record SbomDocument
{
    /// <summary>What it is; null for bytes that are no SBOM, which <see cref="Unknowns"/> then says.</summary>
    public SbomFormat? Format { get; init; }

    /// <summary>The version of the specification that it names, or null.</summary>
    public string? SpecVersion { get; init; }

    /// <summary>The distribution that it names, or that its packages agree on; or null.</summary>
    public OsRelease? OsRelease { get; init; }

    /// <summary>By purl, then by path. All are <see cref="Component.Declared"/>.</summary>
    public ImmutableArray<Component> Components { get; init; } = [];

    /// <summary>What could not be read of it.</summary>
    public ImmutableArray<Unknown> Unknowns { get; init; } = [];

    /// <summary>True where some of it could not be read at all: it breaks off, or goes beyond a limit.</summary>
    public bool IsPartial { get; init; }
}
