namespace OssRuntime.Operator.Resources;

/// <summary>Findings that affect, by severity and by what makes them pressing.</summary>
internal sealed record FindingCounts
{
    public int Malicious { get; init; }

    public int Critical { get; init; }

    public int High { get; init; }

    public int Medium { get; init; }

    public int Low { get; init; }

    public int Unknown { get; init; }

    public int KnownExploited { get; init; }

    public int Fixable { get; init; }

    public int EndOfLife { get; init; }

    /// <summary>Findings that are in no other number: VEX or a publisher says that they do not affect, are mended, or are being looked into.</summary>
    public int SetAside { get; init; }
}
