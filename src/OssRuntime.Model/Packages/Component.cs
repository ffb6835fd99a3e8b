using OssRuntime.Model.Collections;

namespace OssRuntime.Model.Packages;

/// <summary>One package at one version in an image.</summary>
public sealed record Component
{
    /// <summary>Its package URL.</summary>
    public required PackageUrl Purl { get; init; }

    /// <summary>The name as its ecosystem writes it: <c>@babel/core</c>, <c>org.apache.logging.log4j:log4j-core</c>, <c>libssl3</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The version as its package manager writes it, epoch and revision included.</summary>
    public required string Version { get; init; }

    /// <summary>The naming space that its advisories use; a distribution's carries its release.</summary>
    public required Ecosystem Ecosystem { get; init; }

    /// <summary>The file that named it.</summary>
    public required ComponentLocation Location { get; init; }

    /// <summary>What it is to the image.</summary>
    public ComponentType Type { get; init; }

    /// <summary>The source package, where the distribution tells one.</summary>
    public SourcePackage? Source { get; init; }

    /// <summary>Licences as declared, one SPDX expression or name each; empty where nothing is declared.</summary>
    public EquatableArray<string> Licenses { get; init; } = [];

    /// <summary>Its CPE 2.3 name, for programs that no package manager knows and whose advisories go by it, or null.</summary>
    public string? Cpe { get; init; }

    /// <summary>Who built it, where its record says so (the vendor of an rpm), or null.</summary>
    public string? Supplier { get; init; }

    /// <summary>
    /// True for an OS package that another publisher than the distribution built (NodeSource, Elastic, a team's own): the distribution knows nothing about it and
    /// what is in it.
    /// </summary>
    public bool IsThirdParty { get; init; }

    /// <summary>
    /// The purl of the OS package that installed this component's files, or null. Such a component is answered for by the distribution, where that built the package.
    /// </summary>
    public string? OwnedBy { get; init; }

    /// <summary>Where its own metadata says it came from (npm <c>resolved</c>, pip <c>direct_url.json</c>), or null.</summary>
    public string? Origin { get; init; }

    /// <summary>What its name was inferred from, where no record states it (a jar without Maven's files); else null.</summary>
    public string? Evidence { get; init; }

    /// <summary>The name of the extractor or SBOM reader that found it.</summary>
    public string FoundBy { get; init; } = "";

    /// <summary>True where an SBOM declares it; false where the files themselves show it.</summary>
    public bool Declared { get; init; }
}
