using System.Collections.Immutable;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.State;

/// <summary>What is known of an image right now: the little that workloads, metrics and admission need in memory.</summary>
internal sealed record ImageFacts
{
    public required ImageKey Key { get; init; }

    public required ImageState State { get; init; }

    /// <summary>The reason of the state in one CamelCase word.</summary>
    public required string Reason { get; init; }

    public string Message { get; init; } = "";

    /// <summary>True where what follows is what was known before the inventory was lost.</summary>
    public bool IsRemembered { get; init; }

    public string? Generation { get; init; }

    /// <summary>When the newest record of that generation was changed; null where that is not known.</summary>
    public DateTimeOffset? NewestRecord { get; init; }

    /// <summary>How much of it was checked; null where it was never matched.</summary>
    public CheckCoverage? Checked { get; init; }

    /// <summary>True where at least some of it was checked: then its numbers say something, zeros too.</summary>
    public bool IsChecked => Checked is { State: not CheckState.Nothing };

    public FindingCounts Counts { get; init; } = new();

    public ImmutableArray<PriorityBucket> Buckets { get; init; } = [];

    /// <summary>The most pressing findings.</summary>
    public ImmutableArray<PressingFinding> Top { get; init; } = [];

    /// <summary>How many findings affect the image.</summary>
    public int Findings { get; init; }

    public ImmutableArray<LifecycleStatus> Lifecycles { get; init; } = [];

    /// <summary>Findings that an exception says do not affect, where that is in force.</summary>
    public ImmutableArray<AcceptableFinding> Acceptable { get; init; } = [];

    /// <summary>How many of those are taken out here.</summary>
    public int Accepted { get; init; }

    /// <summary>What in it breaks the rules of policies.</summary>
    public ImmutableArray<RuleHit> Hits { get; init; } = [];
}
