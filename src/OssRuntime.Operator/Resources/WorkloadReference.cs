using System.Collections.Immutable;

namespace OssRuntime.Operator.Resources;

/// <summary>The workload that a report is about; its namespace is the report's.</summary>
internal sealed record WorkloadReference
{
    public required string ApiVersion { get; init; }

    public required string Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>What stands above the workload, the nearest first, each as <c>Kind/name</c>.</summary>
    public ImmutableArray<string> Above { get; init => field = value.IsDefault ? [] : value; } = [];
}
