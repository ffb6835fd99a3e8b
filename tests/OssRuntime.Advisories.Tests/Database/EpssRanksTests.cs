using System.Buffers.Binary;
using OssRuntime.Advisories.Database.Reading;

namespace OssRuntime.Advisories.Tests.Database;

/// <summary>How a flaw stands among all that have a probability.</summary>
public sealed class EpssRanksTests
{
    [Theory]
    [InlineData(0f, 0.0)]
    [InlineData(0.5f, 50.0)]
    [InlineData(0.95f, 95.0)]
    [InlineData(1f, 100.0)]
    public void The_percentile_is_the_share_of_those_with_less(float probability, double percentile) =>
        Assert.Equal(percentile, EpssRanks.Read(Section(2000)).Percentile(probability)!.Value, 0.1);

    [Fact]
    public void A_handful_of_flaws_says_nothing() => Assert.Null(EpssRanks.Read(Section(999)).Percentile(0.5f));

    [Fact]
    public void Flaws_without_a_probability_do_not_count() => Assert.Null(EpssRanks.Read(Section(1500, every: 2)).Percentile(0.5f));

    // As the database writes flaws, as far as their probability: the count, where each begins, and of each the flags and four bytes.
    private static byte[] Section(int flaws, int every = 1)
    {
        var section = new byte[((flaws + 1) * 4) + (flaws * 5)];
        BinaryPrimitives.WriteInt32LittleEndian(section, flaws);
        for (var flaw = 0; flaw < flaws; flaw++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(section.AsSpan(4 + (flaw * 4)), flaw * 5);
            var record = section.AsSpan(((flaws + 1) * 4) + (flaw * 5));
            record[0] = (byte)(flaw % every == 0 ? 2 : 0);
            BinaryPrimitives.WriteSingleLittleEndian(record[1..], (float)flaw / flaws);
        }

        return section;
    }
}
