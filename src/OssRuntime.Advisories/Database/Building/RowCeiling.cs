using OssRuntime.Advisories.Database.Format;
using OssRuntime.Model.Advisories;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>
/// The number beyond which a row affects nothing: a version that begins with a greater one lies behind every end of its ranges and is not among its listed
/// versions. Rows stand in the file from the highest ceiling to the lowest, so whoever asks for a recent version reads the few rows that may concern it.
/// </summary>
internal static class RowCeiling
{
    /// <summary>The ceiling of an encoded statement; none where a range of it is open, or where it names a version that begins with no number.</summary>
    public static ushort Of(ReadOnlySpan<byte> statement)
    {
        var reader = new ByteReader(statement);
        StatementLayout.SkipVectors(ref reader);
        var highest = 0;
        for (var ranges = reader.Varint(); ranges > 0; ranges--)
        {
            reader.Byte();
            if (!IsClosed(ref reader, ref highest))
            {
                return RowHead.NoCeiling;
            }
        }

        for (var versions = reader.Varint(); versions > 0; versions--)
        {
            if (!Raise(ref highest, reader.Text()))
            {
                return RowHead.NoCeiling;
            }
        }

        return (ushort)Math.Min(highest, RowHead.NoCeiling);
    }

    /// <summary>Goes through the events as the evaluation does for a version behind them all.</summary>
    private static bool IsClosed(ref ByteReader reader, ref int highest)
    {
        var (affected, limited) = (false, false);
        for (var events = reader.Varint(); events > 0; events--)
        {
            var type = reader.Byte();
            if ((type & StatementLayout.FromTheFirst) != 0)
            {
                affected = true;
                continue;
            }

            if (!Raise(ref highest, reader.Text()))
            {
                return false;
            }

            limited |= (RangeEventType)type == RangeEventType.Limit;
            affected = (RangeEventType)type switch
            {
                RangeEventType.Introduced => true,
                RangeEventType.Fixed or RangeEventType.LastAffected => false,
                _ => affected,
            };
        }

        return !affected || limited;
    }

    private static bool Raise(ref int highest, ReadOnlySpan<byte> version)
    {
        var number = LeadingNumber.Of(version);
        highest = Math.Max(highest, number);
        return number != LeadingNumber.None;
    }
}
