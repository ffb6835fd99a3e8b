using System.Collections.Immutable;
using System.CommandLine;
using OssRuntime.Cli.Filters;
using OssRuntime.Model.Findings;

namespace OssRuntime.Cli.Commands;

/// <summary>The options that say which findings are judged, and which a report shows.</summary>
internal sealed class FilterOptions
{
    private readonly Option<Severity?> _severity = new("--severity")
    {
        Description = "Show findings of this severity and above: low, medium, high, critical or malicious. Findings without a severity are shown too. Policies and --fail-on judge all findings.",
    };

    private readonly Option<bool> _onlyFixed = new("--only-fixed") { Description = "Show only what a version mends, and what is malicious." };

    private readonly Option<string[]> _ecosystems = new("--ecosystem")
    {
        Description = "Show only this ecosystem, with or without a release (npm, Debian, Debian:12). May be given several times.",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _ignore = new("--ignore")
    {
        Description = "A file with flaws to leave for a while, each with id, reason and until (docs/scan-filters.md). Policies and --fail-on do not see them. May be given several times.",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _baseline = new("--baseline") { Description = "The JSON report of an earlier scan: only findings that are not in it are shown and judged." };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_ignore);
        command.Add(_baseline);
        command.Add(_severity);
        command.Add(_onlyFixed);
        command.Add(_ecosystems);
    }

    /// <summary>The files with flaws that are left for a while.</summary>
    public ImmutableArray<string> IgnoreFiles(ParseResult parsed) => [.. parsed.GetValue(_ignore)!];

    /// <summary>The report of an earlier scan, or null.</summary>
    public string? Baseline(ParseResult parsed) => parsed.GetValue(_baseline);

    /// <summary>What the user chose to see.</summary>
    public FindingFilter Read(ParseResult parsed) =>
        new() { Least = parsed.GetValue(_severity), OnlyFixed = parsed.GetValue(_onlyFixed), Ecosystems = [.. parsed.GetValue(_ecosystems)!] };
}
