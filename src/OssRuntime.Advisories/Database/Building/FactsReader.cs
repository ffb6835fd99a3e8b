using OssRuntime.Advisories.Database.Format;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>Gives back what the collector put aside for an advisory: numbers of ids and strings.</summary>
internal readonly ref struct FactsReader
{
    public FactsReader(AdvisoryCollector data, int at)
    {
        var reader = new ByteReader(data.Facts.Written[at..]);
        Aliases = Numbers(ref reader);
        Upstream = Numbers(ref reader);
        Vectors = Numbers(ref reader);
        Word = (int)reader.Varint() - 1;
    }

    public int[] Aliases { get; }

    public int[] Upstream { get; }

    public int[] Vectors { get; }

    /// <summary>The severity word's number, or -1.</summary>
    public int Word { get; }

    private static int[] Numbers(ref ByteReader reader)
    {
        var count = reader.Varint();
        var numbers = count == 0 ? [] : new int[count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = (int)reader.Varint();
        }

        return numbers;
    }
}
