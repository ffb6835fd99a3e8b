namespace OssRuntime.Operator.Resources;

/// <summary>Which workload a WorkloadReport is about.</summary>
internal sealed record WorkloadReportSpec
{
    public required WorkloadReference Workload { get; init; }
}
