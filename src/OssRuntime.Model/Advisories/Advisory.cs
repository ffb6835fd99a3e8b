using OssRuntime.Model.Collections;

namespace OssRuntime.Model.Advisories;

/// <summary>
/// A statement about versions of packages, from one source, in the shape of the OSV schema that every feed is brought into.
/// </summary>
public sealed record Advisory
{
    /// <summary>The id its source gave it: <c>GHSA-…</c>, <c>CVE-…</c>, <c>DSA-…</c>, <c>MAL-…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The feed it came from: <c>osv</c>, <c>alpine-secdb</c>.</summary>
    public required string Feed { get; init; }

    /// <summary>What it states.</summary>
    public AdvisoryKind Kind { get; init; }

    /// <summary>Other ids of the same flaw.</summary>
    public EquatableArray<string> Aliases { get; init; } = [];

    /// <summary>Ids of the flaws that this advisory's fix is about (OSV <c>upstream</c>): one advisory may fix many.</summary>
    public EquatableArray<string> Upstream { get; init; } = [];

    /// <summary>When it was withdrawn; such an advisory affects nothing.</summary>
    public DateTimeOffset? Withdrawn { get; init; }

    /// <summary>When it was last changed, or null.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>CVSS vectors, as given.</summary>
    public EquatableArray<string> Vectors { get; init; } = [];

    /// <summary>The source's own severity word, or null.</summary>
    public string? SeverityWord { get; init; }

    /// <summary>One line on what it is.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The packages and versions it is about.</summary>
    public EquatableArray<AffectedPackage> Affected { get; init; } = [];
}
