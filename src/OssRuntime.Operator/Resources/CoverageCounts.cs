namespace OssRuntime.Operator.Resources;

/// <summary>The images of a workload: discovered = inventoried + pending + failed + unsupported.</summary>
internal sealed record CoverageCounts
{
    public int Discovered { get; init; }

    public int Inventoried { get; init; }

    public int Pending { get; init; }

    public int Failed { get; init; }

    public int Unsupported { get; init; }
}
