using System.Buffers.Binary;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Feeds;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>Puts the texts of advisories aside in a temporary file while the feeds are read, and gives them back in any order.</summary>
internal sealed class TextSpool : IDisposable
{
    /// <summary>Bytes read at once: most records are shorter.</summary>
    private const int Ahead = 4096;

    private readonly FileStream _file;
    private readonly ByteWriter _record = new(4096);
    private long _written;
    private byte[] _buffer = [];

    /// <summary>A spool beside the file that is being built, on the same disk.</summary>
    public TextSpool(string path)
    {
        _file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1 << 16);
    }

    /// <summary>Puts the texts of one advisory aside.</summary>
    public long Add(FeedAdvisory advisory)
    {
        _record.Clear();
        _record.Text(advisory.Advisory.Summary);
        _record.Text(advisory.Details);
        _record.Varint((uint)advisory.References.Length);
        foreach (var reference in advisory.References)
        {
            _record.Text(reference);
        }

        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, _record.Length);
        _file.Write(length);
        _file.Write(_record.Written);
        var at = _written;
        _written += 4 + _record.Length;
        return at;
    }

    /// <summary>The summary, and what follows it encoded as it was put aside: details, references. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Read(long at, out ReadOnlySpan<byte> summary)
    {
        _file.Flush();
        var head = ReadAt(at, Ahead);
        var length = BinaryPrimitives.ReadInt32LittleEndian(head);
        var record = length + 4 <= head.Length ? head.Slice(4, length) : ReadAt(at + 4, length);
        var reader = new ByteReader(record);
        summary = reader.Text();
        return reader.Bytes((uint)reader.Remaining);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private Span<byte> ReadAt(long at, int length)
    {
        if (_buffer.Length < length)
        {
            _buffer = new byte[length];
        }

        return _buffer.AsSpan(0, RandomAccess.Read(_file.SafeFileHandle, _buffer.AsSpan(0, length), at));
    }
}
