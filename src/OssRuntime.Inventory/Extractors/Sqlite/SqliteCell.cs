using System.Buffers.Binary;
using OssRuntime.Inventory.Contents;

namespace OssRuntime.Inventory.Extractors.Sqlite;

/// <summary>A row's record: its start lies in the page, the rest in a chain of overflow pages.</summary>
internal readonly struct SqliteCell(RandomContent content, byte[] page, int start, long length, int pageSize, int usable)
{
    /// <summary>Bytes of the record.</summary>
    public long Length => length;

    /// <summary>Bytes that lie in the page itself (file format, "Cell Payload Overflow Pages").</summary>
    private int Local
    {
        get
        {
            var most = usable - 35;
            if (length <= most)
            {
                return (int)length;
            }

            var least = ((usable - 12) * 32 / 255) - 23;
            var fitting = least + (int)((length - least) % (usable - 4));
            return fitting <= most ? fitting : least;
        }
    }

    /// <summary>Reads the record's start.</summary>
    /// <returns>How many bytes.</returns>
    public int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, length);
        return TryRead(0, buffer[..count]) ? count : 0;
    }

    /// <summary>Fills a buffer from a place of the record on; false where the chain of pages breaks.</summary>
    public bool TryRead(long offset, Span<byte> buffer)
    {
        var local = Local;
        if (start + local + (local < length ? 4 : 0) > pageSize || offset > length - buffer.Length)
        {
            return false;
        }

        if (offset < local)
        {
            var count = (int)Math.Min(buffer.Length, local - offset);
            page.AsSpan(start + (int)offset, count).CopyTo(buffer);
            buffer = buffer[count..];
            offset += count;
        }

        if (buffer.IsEmpty)
        {
            return true;
        }

        // Every page of the chain has as many bytes as fit, so the chain cannot be followed longer than the record.
        var next = BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(start + local));
        var skip = offset - local;
        Span<byte> link = stackalloc byte[4];
        while (!buffer.IsEmpty)
        {
            var at = (next - 1L) * pageSize;
            if (next == 0 || !content.TryReadExactly(at, link))
            {
                return false;
            }

            var held = usable - 4;
            if (skip >= held)
            {
                skip -= held;
            }
            else
            {
                var count = (int)Math.Min(buffer.Length, held - skip);
                if (!content.TryReadExactly(at + 4 + skip, buffer[..count]))
                {
                    return false;
                }

                buffer = buffer[count..];
                skip = 0;
            }

            next = BinaryPrimitives.ReadUInt32BigEndian(link);
        }

        return true;
    }
}
