namespace OssRuntime.Inventory.Sboms;

/// <summary>How much one SBOM may ask for. What goes beyond is left out and said; what was read before stays.</summary>
public sealed record SbomLimits
{
    /// <summary>Bytes that a document may have.</summary>
    public long DocumentBytes { get; init; } = 1L << 30;

    /// <summary>Bytes that one value may have: a licence's text is skipped as any other value, and has to pass through memory.</summary>
    public int ValueBytes { get; init; } = 16 << 20;

    /// <summary>Components that are kept.</summary>
    public int Components { get; init; } = 200_000;

    /// <summary>Characters of names, versions, purls, paths and licences that are kept.</summary>
    public long Characters { get; init; } = 64L << 20;

    /// <summary>How deep components may hold components.</summary>
    public int Nesting { get; init; } = 64;

    /// <summary>What is told one by one as unreadable before the rest is only counted.</summary>
    public int Unknowns { get; init; } = 100;
}
