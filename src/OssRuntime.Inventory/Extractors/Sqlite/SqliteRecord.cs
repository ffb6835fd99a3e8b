namespace OssRuntime.Inventory.Extractors.Sqlite;

/// <summary>A record (file format, "Record Format"): the length of its header, a type for each column, then their contents.</summary>
internal static class SqliteRecord
{
    /// <summary>Where a column's content lies; false where the record has no such column.</summary>
    /// <param name="record">The start of the record, its header at least.</param>
    /// <param name="column">Which, from zero.</param>
    /// <param name="start">Where it begins in the record.</param>
    /// <param name="length">How many bytes it has.</param>
    public static bool TryColumn(ReadOnlySpan<byte> record, int column, out long start, out long length)
    {
        length = 0;
        var rest = record;
        if (!TryVarint(ref rest, out start) || start > record.Length || start < record.Length - rest.Length)
        {
            return false;
        }

        rest = rest[..(int)(start - (record.Length - rest.Length))];
        for (var i = 0; TryVarint(ref rest, out var type); i++)
        {
            length = LengthOf(type);
            if (i == column)
            {
                return length >= 0;
            }

            if (length < 0 || start > int.MaxValue)
            {
                return false;
            }

            start += length;
        }

        return false;
    }

    /// <summary>A number of one to nine bytes, seven bits each, the most significant first; the ninth has eight.</summary>
    public static bool TryVarint(ref ReadOnlySpan<byte> bytes, out long value)
    {
        value = 0;
        for (var i = 0; i < 9 && i < bytes.Length; i++)
        {
            if (i == 8)
            {
                value = (value << 8) | bytes[i];
                bytes = bytes[9..];
                return true;
            }

            value = (value << 7) | (uint)(bytes[i] & 0x7F);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc cref="TryVarint(ref ReadOnlySpan{byte}, out long)"/>
    public static bool TryVarint(ref Span<byte> bytes, out long value)
    {
        ReadOnlySpan<byte> rest = bytes;
        var isRead = TryVarint(ref rest, out value);
        bytes = bytes[(bytes.Length - rest.Length)..];
        return isRead;
    }

    private static long LengthOf(long type) => type switch
    {
        0 or 8 or 9 => 0,
        >= 1 and <= 4 => type,
        5 => 6,
        6 or 7 => 8,
        >= 12 => (type - 12) / 2,
        _ => -1,
    };
}
