using OssRuntime.Advisories.Database.Format;

namespace OssRuntime.Advisories.Database.Reading;

/// <summary>The EPSS probabilities of all flaws in order, to say how a flaw stands among them. They are read once, when first asked for.</summary>
internal sealed class EpssRanks
{
    // A percentile of a handful of flaws says nothing.
    private const int Fewest = 1000;

    private readonly float[] _sorted;

    private EpssRanks(float[] sorted) => _sorted = sorted;

    /// <summary>Reads those of the section of flaws.</summary>
    public static EpssRanks Read(ReadOnlySpan<byte> section)
    {
        var found = new List<float>();
        var count = new ByteReader(section).UInt32();
        for (var flaw = 0u; flaw < count; flaw++)
        {
            if (FlawRecord.EpssOf(section, flaw) is { } probability)
            {
                found.Add(probability);
            }
        }

        found.Sort();
        return new EpssRanks([.. found]);
    }

    /// <summary>The share of flaws with a lower probability, in percent; null where too few have one.</summary>
    public double? Percentile(float probability)
    {
        if (_sorted.Length < Fewest)
        {
            return null;
        }

        var (low, high) = (0, _sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _sorted[middle] < probability ? (middle + 1, high) : (low, middle);
        }

        return Math.Round(100.0 * low / _sorted.Length, 2);
    }
}
