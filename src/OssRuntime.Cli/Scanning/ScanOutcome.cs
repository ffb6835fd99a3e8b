using System.Collections.Immutable;
using OssRuntime.Cli.Filters;
using OssRuntime.Cli.Policies;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Lifecycles;

namespace OssRuntime.Cli.Scanning;

/// <summary>What a scan found on one target, or why it could not be read.</summary>
internal sealed record ScanOutcome
{
    /// <summary>The target as the user wrote it, or the image that a manifest names.</summary>
    public required string Target { get; init; }

    /// <summary>The inventory, or null where the target could not be read.</summary>
    public ComponentInventory? Inventory { get; init; }

    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>How many findings are not among them because the user leaves them for a while.</summary>
    public int Ignored { get; init; }

    /// <summary>How many are not because an earlier scan found them.</summary>
    public int Known { get; init; }

    /// <summary>How many findings are not among them because the user did not want to see them.</summary>
    public int Hidden { get; init; }

    /// <summary>By which options, or null where all are shown.</summary>
    public string? HiddenBy { get; init; }

    /// <summary>How many findings are not among them for any of these reasons: where none is left, that says nothing of those.</summary>
    public int LeftOut => Ignored + Known + Hidden;

    public ImmutableArray<LifecycleStatus> Lifecycles { get; init; } = [];

    /// <summary>Ecosystems of the target that the database knows nothing of.</summary>
    public ImmutableArray<string> Uncovered { get; init; } = [];

    /// <summary>How much of the target was checked, or null where it could not be read.</summary>
    public CheckCoverage? Checked { get; init; }

    /// <summary>What policies say of it, for each place that it is to run in.</summary>
    public ImmutableArray<PlaceVerdict> Verdicts { get; init; } = [];

    /// <summary>The outcome without what the user does not want to see; how much that is stays in it.</summary>
    public ScanOutcome ShownBy(FindingFilter filter)
    {
        var shown = filter.Apply(Findings);
        return this with { Findings = shown, Hidden = Findings.Length - shown.Length, HiddenBy = filter.IsIdle ? null : filter.ToString() };
    }

    /// <summary>A stable word for why the target could not be read, or null.</summary>
    public string? FailureReason { get; init; }

    /// <summary>The failure in a sentence, or null.</summary>
    public string? FailureMessage { get; init; }
}
