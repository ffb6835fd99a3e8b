using System.Collections.Immutable;

namespace OssRuntime.Model.Packages;

/// <summary>A package URL (purl specification): <c>pkg:type/namespace/name@version?qualifiers#subpath</c>, canonical.</summary>
public sealed record PackageUrl
{
    /// <summary>Lower case: <c>npm</c>, <c>deb</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The namespace, segments joined by slashes and not encoded, or null.</summary>
    public string? Namespace { get; init; }

    /// <summary>The name, not encoded.</summary>
    public required string Name { get; init; }

    /// <summary>The version, not encoded, or null.</summary>
    public string? Version { get; init; }

    /// <summary>Qualifiers, sorted by key; keys are lower case.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Qualifiers { get; init; } = [];

    /// <summary>The subpath without leading or trailing slash, or null.</summary>
    public string? Subpath { get; init; }
}
