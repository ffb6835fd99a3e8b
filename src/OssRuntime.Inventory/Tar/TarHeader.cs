using System.Numerics;

namespace OssRuntime.Inventory.Tar;

/// <summary>The fields of a 512-byte tar header (POSIX.1-1988 ustar; GNU tar's base-256 numbers).</summary>
internal static class TarHeader
{
    public const int BlockSize = 512;

    private static ReadOnlySpan<byte> Ustar => "ustar\0"u8;

    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> header) => Text(header[..100]);

    public static ReadOnlySpan<byte> LinkName(ReadOnlySpan<byte> header) => Text(header.Slice(157, 100));

    /// <summary>What stands before the name. Only ustar has it there: GNU tar keeps times at the same place.</summary>
    public static ReadOnlySpan<byte> Prefix(ReadOnlySpan<byte> header)
    {
        if (!header.Slice(257, 6).SequenceEqual(Ustar))
        {
            return [];
        }

        var isStar = header.Slice(508, 4).SequenceEqual("tar\0"u8);
        return Text(header.Slice(345, isStar ? 131 : 155));
    }

    public static byte TypeFlag(ReadOnlySpan<byte> header) => header[156];

    /// <summary>Permission bits; zero where the field is no number.</summary>
    public static int Mode(ReadOnlySpan<byte> header) => TryNumber(header.Slice(100, 8), out var mode) ? (int)(mode & 0xFFF) : 0;

    public static bool TrySize(ReadOnlySpan<byte> header, out long size) => TryNumber(header.Slice(124, 12), out size);

    public static bool IsZero(ReadOnlySpan<byte> header) => !header.ContainsAnyExcept((byte)0);

    /// <summary>True where the checksum holds; ancient tars summed signed bytes, so either sum will do.</summary>
    public static bool HasValidChecksum(ReadOnlySpan<byte> header)
    {
        if (!TryNumber(header.Slice(148, 8), out var stated))
        {
            return false;
        }

        var field = header.Slice(148, 8);
        var unsigned = Sum(header) - Sum(field) + (8 * ' ');
        if (stated == unsigned)
        {
            return true;
        }

        long signed = 8 * ' ';
        for (var i = 0; i < BlockSize; i++)
        {
            signed += i is >= 148 and < 156 ? 0 : (sbyte)header[i];
        }

        return stated == signed;
    }

    private static long Sum(ReadOnlySpan<byte> bytes)
    {
        long sum = 0;
        while (bytes.Length >= Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(bytes), out var low, out var high);
            sum += Vector.Sum(low) + Vector.Sum(high);
            bytes = bytes[Vector<byte>.Count..];
        }

        foreach (var b in bytes)
        {
            sum += b;
        }

        return sum;
    }

    /// <summary>Octal digits between blanks and zeros, or a big-endian number with the top bit set. Negative numbers are refused.</summary>
    private static bool TryNumber(ReadOnlySpan<byte> field, out long number)
    {
        number = 0;
        if ((field[0] & 0x80) != 0)
        {
            return TryBase256(field, out number);
        }

        field = field.Trim(" \0"u8);
        foreach (var digit in field)
        {
            if (digit is < (byte)'0' or > (byte)'7' || number > long.MaxValue >> 3)
            {
                return false;
            }

            number = (number << 3) | (uint)(digit - '0');
        }

        return true;
    }

    private static bool TryBase256(ReadOnlySpan<byte> field, out long number)
    {
        number = field[0] & 0x7F;
        if ((field[0] & 0x40) != 0)
        {
            return false;
        }

        foreach (var b in field[1..])
        {
            if (number > long.MaxValue >> 8)
            {
                return false;
            }

            number = (number << 8) | b;
        }

        return true;
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }
}
