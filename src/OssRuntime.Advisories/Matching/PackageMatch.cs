using System.Collections.Immutable;
using OssRuntime.Model.Findings;

namespace OssRuntime.Advisories.Matching;

/// <summary>What the database says about one version of one package: the findings, and why it may have had to stay silent.</summary>
internal sealed record PackageMatch(ImmutableArray<Finding> Findings, bool Covered, string? Refusal)
{
    /// <summary>The source that says that nobody maintains the package any more, or null.</summary>
    public string? Unmaintained { get; init; }

    /// <summary>Nothing known, because nobody could be asked.</summary>
    public static readonly PackageMatch NotCovered = new([], Covered: false, Refusal: null);

    /// <summary>Nothing known, in an ecosystem that is covered.</summary>
    public static readonly PackageMatch None = new([], Covered: true, Refusal: null);
}
