using System.Collections.Immutable;
using OssRuntime.Model.Findings;

namespace OssRuntime.Cli.Filters;

/// <summary>
/// Which findings a report shows. Policies and <c>--fail-on</c> judge all of them. What is not known is never taken for harmless: a finding without a severity passes
/// every least severity.
/// </summary>
internal sealed record FindingFilter
{
    /// <summary>The least severity that is shown, or null.</summary>
    public Severity? Least { get; init; }

    /// <summary>True where only what a version mends is shown, and what is malicious.</summary>
    public bool OnlyFixed { get; init; }

    /// <summary>The ecosystems that are shown, with or without a release; all where it is empty.</summary>
    public ImmutableArray<string> Ecosystems { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>True where everything is shown.</summary>
    public bool IsIdle => Least is null && !OnlyFixed && Ecosystems.IsEmpty;

    /// <summary>What is shown of findings.</summary>
    public ImmutableArray<Finding> Apply(ImmutableArray<Finding> findings) => IsIdle ? findings : [.. findings.Where(Shows)];

    /// <summary>The options that make it.</summary>
    public override string ToString() => string.Join(
        ' ',
        new[] { Least is { } least ? $"--severity {least.ToString().ToLowerInvariant()}" : null, OnlyFixed ? "--only-fixed" : null }
            .OfType<string>()
            .Concat(Ecosystems.Select(name => $"--ecosystem {name}")));

    private bool Shows(Finding finding) =>
        (Least is not { } least || finding.Severity == Severity.Unknown || finding.Severity >= least)
        && (!OnlyFixed || finding.FixedIn is not null || finding.Severity == Severity.Malicious)
        && (Ecosystems.IsEmpty || Ecosystems.Any(name => Is(finding, name)));

    private static bool Is(Finding finding, string name)
    {
        var ecosystem = finding.Component.Ecosystem;
        return name.Equals(ecosystem.Name, StringComparison.OrdinalIgnoreCase) || name.Equals(ecosystem.ToString(), StringComparison.OrdinalIgnoreCase);
    }
}
