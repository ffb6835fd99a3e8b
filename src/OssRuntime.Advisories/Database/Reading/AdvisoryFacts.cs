using OssRuntime.Advisories.Database.Format;

namespace OssRuntime.Advisories.Database.Reading;

/// <summary>What varies in length about an advisory: the flaws it speaks of, its vectors and its severity word (numbers of strings).</summary>
internal readonly record struct AdvisoryFacts(uint[] Flaws, uint[] Vectors, uint? Word)
{
    /// <summary>Reads the facts at an offset of their section.</summary>
    public static AdvisoryFacts Read(ReadOnlySpan<byte> section, uint offset)
    {
        if (offset > (uint)section.Length)
        {
            throw ByteReader.Damaged();
        }

        var reader = new ByteReader(section[(int)offset..]);
        var flaws = Numbers(ref reader);
        var vectors = Numbers(ref reader);
        var word = reader.Varint();
        return new AdvisoryFacts(flaws, vectors, word == 0 ? null : word - 1);
    }

    /// <summary>True where the facts at an offset name one of these flaws; nothing is allocated.</summary>
    public static bool SpeakOfAny(ReadOnlySpan<byte> section, uint offset, HashSet<uint> flaws)
    {
        if (offset > (uint)section.Length)
        {
            throw ByteReader.Damaged();
        }

        var reader = new ByteReader(section[(int)offset..]);
        for (var left = reader.Varint(); left > 0; left--)
        {
            if (flaws.Contains(reader.Varint()))
            {
                return true;
            }
        }

        return false;
    }

    private static uint[] Numbers(ref ByteReader reader)
    {
        var count = reader.Varint();
        if (count > (uint)reader.Remaining)
        {
            throw ByteReader.Damaged();
        }

        var numbers = count == 0 ? [] : new uint[count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = reader.Varint();
        }

        return numbers;
    }
}
