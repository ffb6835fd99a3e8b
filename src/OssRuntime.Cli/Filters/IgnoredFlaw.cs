using OssRuntime.Model.Findings;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Cli.Filters;

/// <summary>A flaw that somebody decided to leave for a while.</summary>
/// <param name="Id">An id of it; a star stands for any text.</param>
/// <param name="Package">The packages that are meant, or null for all.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">The last day on which that holds.</param>
internal sealed record IgnoredFlaw(string Id, PackagePattern? Package, string Reason, DateOnly Until)
{
    /// <summary>True for a finding that is meant. A version that cannot be compared with the pattern's range is not.</summary>
    public bool Covers(Finding finding) =>
        finding.Aliases.Prepend(finding.Id).Any(id => NamePattern.Covers(Id, id)) && (Package is null || Package.Covers(finding.Component.Purl));
}
