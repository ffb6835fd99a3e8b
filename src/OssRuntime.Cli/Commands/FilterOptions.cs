using System.CommandLine;
using OssRuntime.Cli.Filters;
using OssRuntime.Model.Findings;

namespace OssRuntime.Cli.Commands;

/// <summary>The options that say which findings a report shows.</summary>
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

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_severity);
        command.Add(_onlyFixed);
        command.Add(_ecosystems);
    }

    /// <summary>What the user chose.</summary>
    public FindingFilter Read(ParseResult parsed) =>
        new() { Least = parsed.GetValue(_severity), OnlyFixed = parsed.GetValue(_onlyFixed), Ecosystems = [.. parsed.GetValue(_ecosystems)!] };
}
