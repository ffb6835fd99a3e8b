namespace OssRuntime.Operator.Resources;

/// <summary>The workload that a report is about; its namespace is the report's.</summary>
internal sealed record WorkloadReference
{
    public required string ApiVersion { get; init; }

    public required string Kind { get; init; }

    public required string Name { get; init; }
}
