using System.Buffers;
using System.Text;

namespace OssRuntime.Testing.Images;

/// <summary>Writes tar archives byte by byte: also those that no sane tool would write.</summary>
public sealed class TarBuilder
{
    private const int BlockSize = 512;

    private readonly ArrayBufferWriter<byte> _content = new();

    /// <summary>Adds a file.</summary>
    public TarBuilder File(string path, string content, int mode = 0b110_100_100) => File(path, Encoding.UTF8.GetBytes(content), mode);

    /// <summary>Adds a file.</summary>
    public TarBuilder File(string path, byte[] content, int mode = 0b110_100_100) => Entry(path, '0', content, mode: mode);

    /// <summary>Adds a directory.</summary>
    public TarBuilder Directory(string path) => Entry(path.TrimEnd('/') + "/", '5', [], mode: 0b111_101_101);

    /// <summary>Adds a symbolic link.</summary>
    public TarBuilder SymbolicLink(string path, string target) => Entry(path, '2', [], target);

    /// <summary>Adds a hard link to an entry of the same archive.</summary>
    public TarBuilder HardLink(string path, string target) => Entry(path, '1', [], target);

    /// <summary>Deletes a path of the layers below.</summary>
    public TarBuilder Whiteout(string path)
    {
        var slash = path.LastIndexOf('/');
        return File($"{path[..(slash + 1)]}.wh.{path[(slash + 1)..]}", "");
    }

    /// <summary>Hides what the layers below have in a directory.</summary>
    public TarBuilder Opaque(string directory) => File($"{directory.TrimEnd('/')}/.wh..wh..opq", "");

    /// <summary>Adds pax records for the entry that follows.</summary>
    public TarBuilder Pax(params (string Key, string Value)[] records)
    {
        var content = new StringBuilder();
        foreach (var (key, value) in records)
        {
            content.Append(PaxRecord(key, value));
        }

        return Entry("PaxHeaders/x", 'x', Encoding.UTF8.GetBytes(content.ToString()));
    }

    /// <summary>Adds GNU tar's long name for the entry that follows.</summary>
    public TarBuilder LongName(string path) => Entry("././@LongLink", 'L', [.. Encoding.UTF8.GetBytes(path), 0]);

    /// <summary>Adds GNU tar's long link target for the entry that follows.</summary>
    public TarBuilder LongLink(string target) => Entry("././@LongLink", 'K', [.. Encoding.UTF8.GetBytes(target), 0]);

    /// <summary>Adds any entry.</summary>
    /// <param name="path">The name field; the first 100 bytes of it are written.</param>
    /// <param name="type">The type flag.</param>
    /// <param name="content">The content.</param>
    /// <param name="link">The link field.</param>
    /// <param name="mode">Permission bits.</param>
    /// <param name="statedSize">The size field where it shall not be the content's.</param>
    /// <param name="prefix">The ustar prefix field.</param>
    /// <param name="change">Changes the header after the checksum was taken.</param>
    public TarBuilder Entry(
        string path,
        char type,
        byte[] content,
        string link = "",
        int mode = 0b110_100_100,
        long? statedSize = null,
        string prefix = "",
        Action<byte[]>? change = null)
    {
        var header = Header(path, type, statedSize ?? content.Length, link, mode, prefix);
        change?.Invoke(header);
        _content.Write(header);
        _content.Write(content);
        _content.Write(new byte[-content.Length & (BlockSize - 1)]);
        return this;
    }

    /// <summary>Adds bytes as they are.</summary>
    public TarBuilder Raw(ReadOnlySpan<byte> bytes)
    {
        _content.Write(bytes);
        return this;
    }

    /// <summary>The archive, with its two empty blocks at the end.</summary>
    public byte[] Build() => [.. _content.WrittenSpan, .. new byte[2 * BlockSize]];

    /// <summary>The archive as if it had been cut off.</summary>
    public byte[] BuildWithoutEnd() => _content.WrittenSpan.ToArray();

    /// <summary>Puts the right checksum into a header.</summary>
    public static void Seal(byte[] header)
    {
        "        "u8.CopyTo(header.AsSpan(148));
        var sum = 0;
        foreach (var b in header)
        {
            sum += b;
        }

        Encoding.ASCII.GetBytes(Octal(sum, 6) + "\0 ").CopyTo(header, 148);
    }

    private static byte[] Header(string path, char type, long size, string link, int mode, string prefix)
    {
        var header = new byte[BlockSize];
        Put(header, 0, 100, path);
        Put(header, 100, 8, Octal(mode, 7));
        Put(header, 108, 8, Octal(0, 7));
        Put(header, 116, 8, Octal(0, 7));
        Put(header, 136, 12, Octal(0, 11));
        header[156] = (byte)type;
        Put(header, 157, 100, link);
        "ustar\000"u8.CopyTo(header.AsSpan(257));
        Put(header, 345, 155, prefix);
        if (size < 1L << 33)
        {
            Put(header, 124, 12, Octal(size, 11));
        }
        else
        {
            header[124] = 0x80;
            for (var i = 0; i < 8; i++)
            {
                header[135 - i] = (byte)(size >> (8 * i));
            }
        }

        Seal(header);
        return header;
    }

    private static string PaxRecord(string key, string value)
    {
        var rest = Encoding.UTF8.GetByteCount($" {key}={value}\n");
        var length = rest + 1;
        while (length != rest + length.ToString().Length)
        {
            length = rest + length.ToString().Length;
        }

        return $"{length} {key}={value}\n";
    }

    private static string Octal(long number, int digits) => Convert.ToString(number, 8).PadLeft(digits, '0');

    private static void Put(byte[] header, int offset, int length, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes.AsSpan(0, Math.Min(length, bytes.Length)).CopyTo(header.AsSpan(offset));
    }
}
