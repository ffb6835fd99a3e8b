namespace OssRuntime.Operator.Resources;

/// <summary>Findings by priority.</summary>
internal sealed record PriorityCounts
{
    public int Immediate { get; init; }

    public int OutOfCycle { get; init; }

    public int Scheduled { get; init; }

    public int Defer { get; init; }
}
