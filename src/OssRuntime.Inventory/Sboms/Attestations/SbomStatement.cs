using System.Collections.Immutable;

namespace OssRuntime.Inventory.Sboms.Attestations;

/// <summary>An in-toto statement whose predicate is an SBOM (in-toto attestation framework, statement 0.1 and 1).</summary>
/// <param name="PredicateType">What the predicate is said to be, or null.</param>
/// <param name="Subjects">The digests of what it is about: <c>sha256:…</c>.</param>
/// <param name="Document">The SBOM.</param>
internal sealed record SbomStatement(string? PredicateType, ImmutableArray<string> Subjects, SbomDocument Document)
{
    /// <summary>True where the predicate is said to be an SBOM of a kind that is read.</summary>
    public bool IsSbom => IsSbomType(PredicateType);

    /// <summary>True for the predicate types of SPDX, CycloneDX and Syft in all their versions.</summary>
    public static bool IsSbomType(string? type) =>
        type is not null
        && (type.StartsWith("https://spdx.dev/Document", StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("https://cyclonedx.org/", StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("https://syft.dev/bom", StringComparison.OrdinalIgnoreCase));
}
