using System.Collections.Immutable;
using OssRuntime.Advisories.Matching;
using OssRuntime.Cli.Filters;
using OssRuntime.Cli.Output;
using OssRuntime.Cli.Policies;
using OssRuntime.Inventory;
using OssRuntime.Model.Images;

namespace OssRuntime.Cli.Commands;

/// <summary>What the user asked a scan for.</summary>
internal sealed record ScanRequest(
    ImmutableArray<string> Targets,
    string? Database,
    Platform Platform,
    ImmutableArray<ReportOutput> Outputs,
    bool InventoryOnly,
    DateOnly Day,
    ImmutableArray<string> InsecureRegistries,
    ImmutableArray<string> Vex,
    InventoryOptions Inventory,
    MatchOptions Matching,
    PolicyRequest Policies)
{
    /// <summary>True where a report tells what is dangerous; SBOMs alone need no advisories.</summary>
    public bool LooksForAdvisories => !InventoryOnly && !Outputs.All(output => SbomReport.FormatOf(output.Format) is not null);

    /// <summary>True where people want to see what policies say, and nothing else.</summary>
    public bool OnlyViolations { get; init; }

    /// <summary>True where a target that was only partly checked ends with code 4.</summary>
    public bool Strict { get; init; }

    /// <summary>Files with flaws that the user leaves for a while.</summary>
    public ImmutableArray<string> IgnoreFiles { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The report of an earlier scan, whose findings are not new; or null.</summary>
    public string? Baseline { get; init; }

    /// <summary>Which findings are shown.</summary>
    public FindingFilter Filter { get; init; } = new();

    /// <summary>True where each finding and each path is to be shown.</summary>
    public bool All { get; init; }

    /// <summary>The file that keeps what is in each layer, or null.</summary>
    public string? Store { get; init; }
}
