using System.Buffers.Text;

namespace OssRuntime.Inventory.Tar;

/// <summary>What a pax extended header says about the entry that follows it (POSIX.1-2001, "pax Extended Header").</summary>
internal sealed class PaxRecords
{
    public byte[]? Path { get; private set; }

    public byte[]? LinkPath { get; private set; }

    public long? Size { get; private set; }

    /// <summary>True where the entry is one of GNU tar's sparse files.</summary>
    public bool IsSparse { get; private set; }

    /// <summary>Reads records <c>"length key=value\n"</c>; false where they are malformed.</summary>
    public static bool TryParse(ReadOnlySpan<byte> content, out PaxRecords records)
    {
        records = new PaxRecords();
        while (!content.IsEmpty)
        {
            if (!Utf8Parser.TryParse(content, out int length, out var digits)
                || length > content.Length || length < digits + 3 || content[digits] != ' ' || content[length - 1] != '\n')
            {
                return false;
            }

            var record = content[(digits + 1)..(length - 1)];
            content = content[length..];
            var equals = record.IndexOf((byte)'=');
            if (equals < 1 || !records.Take(record[..equals], record[(equals + 1)..]))
            {
                return false;
            }
        }

        return true;
    }

    private bool Take(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.SequenceEqual("path"u8))
        {
            Path = value.ToArray();
            return !value.Contains((byte)0);
        }

        if (key.SequenceEqual("linkpath"u8))
        {
            LinkPath = value.ToArray();
            return !value.Contains((byte)0);
        }

        if (key.SequenceEqual("size"u8))
        {
            var valid = Utf8Parser.TryParse(value, out long size, out var used) && used == value.Length && size >= 0;
            Size = size;
            return valid;
        }

        IsSparse |= key.StartsWith("GNU.sparse."u8);
        return true;
    }
}
