namespace OssRuntime.Operator.Resources;

/// <summary>The images of a workload: discovered = checked + partly + unchecked + pending + failed + unsupported; the first three are those with an inventory.</summary>
internal sealed record CoverageCounts
{
    public int Discovered { get; init; }

    public int Inventoried { get; init; }

    public int Checked { get; init; }

    public int Partly { get; init; }

    public int Unchecked { get; init; }

    public int Pending { get; init; }

    public int Failed { get; init; }

    public int Unsupported { get; init; }
}
