namespace OssRuntime.Inventory.Contents;

/// <summary>
/// How much work one image may ask for. The defaults let the largest images of practice through (machine learning images of tens of
/// gigabytes) and stop archives that exist to exhaust their reader.
/// </summary>
public sealed record ContentLimits
{
    /// <summary>Bytes that one layer may inflate to.</summary>
    public long LayerBytes { get; init; } = 32L << 30;

    /// <summary>Bytes that all layers of one image may inflate to.</summary>
    public long ImageBytes { get; init; } = 64L << 30;

    /// <summary>Inflated bytes per compressed byte of a layer, judged once it has inflated to <see cref="RatioFloor"/>.</summary>
    public int Ratio { get; init; } = 250;

    /// <summary>Inflated bytes below which the ratio is not judged: a layer of empty pages is no bomb yet.</summary>
    public long RatioFloor { get; init; } = 1L << 30;

    /// <summary>Entries that one layer may have.</summary>
    public int LayerEntries { get; init; } = 1_000_000;

    /// <summary>Bytes that a path may have; a longer one is reported and skipped.</summary>
    public int PathLength { get; init; } = 4096;

    /// <summary>Bytes that the archives nested in one file may inflate to; what is beyond is told of that file.</summary>
    public long NestedBytes { get; init; } = 2L << 30;

    /// <summary>Bytes that the archives nested in all files of one image may inflate to.</summary>
    public long ImageNestedBytes { get; init; } = 8L << 30;

    /// <summary>Packages that all layers of one image may name. The largest images of practice name some ten thousand.</summary>
    public int Packages { get; init; } = 100_000;

    /// <summary>Characters of paths, names and reasons that are kept of one image, in all its layers.</summary>
    public long Characters { get; init; } = 24L << 20;

    /// <summary>Processor time that an image may take however little of it there is to read.</summary>
    public TimeSpan ProcessorTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Bytes of its blobs for which an image gets another second of processor time: honest layers take a tenth of that.</summary>
    public long BytesPerSecond { get; init; } = 16L << 20;

    /// <summary>Bytes up to which a file that is read in any order is kept in memory; larger ones go to <see cref="SpoolDirectory"/>.</summary>
    public int SpoolMemory { get; init; } = 4 << 20;

    /// <summary>Where larger ones go while they are read.</summary>
    public string SpoolDirectory { get; init; } = Path.GetTempPath();

    /// <summary>How deep archives inside archives are opened.</summary>
    public int Nesting { get; init; } = 8;

    /// <summary>What is reported as unreadable in one layer before the rest is only counted.</summary>
    public int UnknownsPerLayer { get; init; } = 1000;
}
