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

    /// <summary>The path that proves it.</summary>
    public ImmutableArray<string> Path { get; init; } = [];

    public HumanImpact Impact { get; init; } = DeployerContext.Assumed.Impact;

    /// <summary>Who says so: <c>pod</c>, <c>workload</c>, <c>namespace</c> or <c>assumed</c>.</summary>
    public string ImpactFrom { get; init; } = "assumed";

    public ImmutableArray<string> Privileges { get; init; } = [];

    /// <summary>What of it goes into a priority.</summary>
    public DeployerContext Context =>
        new(Level is { } level ? DeployerContext.ExposureOf(level) : DeployerContext.Assumed.Exposure, Impact);
}
