using System.Collections.Immutable;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Operator.Exposure;

/// <summary>Where a workload stands in its cluster: how far it can be reached, what an attack on it would do, what an attacker would have.</summary>
internal sealed record WorkloadContext
{
    /// <summary>What is assumed of a workload of which nothing is known.</summary>
    public static readonly WorkloadContext Unknown = new();

    /// <summary>How far it can be reached, or null where that is not known.</summary>
    public ExposureLevel? Level { get; init; }

    /// <summary>What may make it reachable from farther away; empty where everything that was seen was understood.</summary>
    public ImmutableArray<ExposureUncertain> Uncertain { get; init; } = [];

    /// <summary>The farthest level that it may be, or null where nothing is known.</summary>
    public ExposureLevel? Highest => Level is { } level && !Uncertain.IsEmpty ? (ExposureLevel)Math.Max((int)level, (int)Uncertain.Max(item => item.AtMost)) : Level;

    /// <summary>Where the exposure that goes into a priority comes from: the level, <c>unread</c> where it may be farther and the farthest counts, or <c>assumed</c>.</summary>
    public string ExposureFrom => Level is null ? "assumed" : Highest > Level ? "unread" : Level.Value.ToString();

    /// <summary>The path that proves it.</summary>
    public ImmutableArray<string> Path { get; init; } = [];

    public HumanImpact Impact { get; init; } = DeployerContext.Assumed.Impact;

    /// <summary>Who says so: <c>pod</c>, <c>workload</c>, <c>namespace</c> or <c>assumed</c>.</summary>
    public string ImpactFrom { get; init; } = "assumed";

    public ImmutableArray<string> Privileges { get; init; } = [];

    /// <summary>What of it goes into a priority.</summary>
    public DeployerContext Context =>
        new(Highest is { } level ? DeployerContext.ExposureOf(level) : DeployerContext.Assumed.Exposure, Impact);
}
