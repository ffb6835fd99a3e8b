using System.Collections.Immutable;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Packages;

namespace OssRuntime.Cli.Remedies;

/// <summary>One thing to do in a target: a package, a step, and all findings that the step settles.</summary>
internal sealed record Remedy
{
    /// <summary>What there is to do.</summary>
    public required RemedyKind Kind { get; init; }

    /// <summary>The package; the source package where several of its packages are installed.</summary>
    public required string Package { get; init; }

    /// <summary>The naming space of the package.</summary>
    public required Ecosystem Ecosystem { get; init; }

    /// <summary>The version that is installed.</summary>
    public required string Version { get; init; }

    /// <summary>The lowest version that mends all of the findings; null where none is known.</summary>
    public string? UpdateTo { get; init; }

    /// <summary>What it settles, the most pressing first; at least one. A flaw is there once for each component that has it.</summary>
    public required ImmutableArray<Finding> Findings { get; init; }

    /// <summary>The installed components that the findings are about.</summary>
    public IEnumerable<Component> Components => Findings.Select(finding => finding.Component).DistinctBy(component => (component.Purl, component.Location));

    /// <summary>The findings by flaw: the most pressing component of each.</summary>
    public IEnumerable<Finding> Flaws => Findings.DistinctBy(finding => finding.Id);
}
