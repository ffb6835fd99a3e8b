using System.Text;

namespace OssRuntime.Floor;

/// <summary>Goes through a tar by its sizes alone.</summary>
internal static class TarHeaders
{
    private const int BlockSize = 512;

    /// <summary>How many headers there are.</summary>
    public static long Count(Stream tar)
    {
        var buffer = new byte[128 << 10];
        int start = 0, end = 0;
        long headers = 0, skip = 0;
        while (true)
        {
            if (skip > end - start || end - start - skip < BlockSize)
            {
                var kept = (int)Math.Max(0, end - start - skip);
                skip = Math.Max(0, skip - (end - start));
                buffer.AsSpan(end - kept, kept).CopyTo(buffer);
                (start, end) = (0, kept);
                var read = tar.Read(buffer, end, buffer.Length - end);
                if (read == 0)
                {
                    return headers;
                }

                end += read;
                continue;
            }

            start += (int)skip;
            var header = buffer.AsSpan(start, BlockSize);
            start += BlockSize;
            skip = 0;
            if (header[0] != 0)
            {
                headers++;
                skip = (SizeOf(header) + BlockSize - 1) & -BlockSize;
            }
        }
    }

    private static long SizeOf(ReadOnlySpan<byte> header)
    {
        var field = header.Slice(124, 12);
        if ((field[0] & 0x80) == 0)
        {
            return Convert.ToInt64(Encoding.ASCII.GetString(field.Trim(" \0"u8)), 8);
        }

        long size = field[0] & 0x3F;
        foreach (var digit in field[1..])
        {
            size = (size << 8) | digit;
        }

        return size;
    }
}
