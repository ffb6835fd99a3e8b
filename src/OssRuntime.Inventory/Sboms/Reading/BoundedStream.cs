using OssRuntime.Inventory.Contents;

namespace OssRuntime.Inventory.Sboms.Reading;

/// <summary>A document as it comes, up to the bytes that one may have. Its first bytes can be looked at beforehand.</summary>
internal sealed class BoundedStream : ReadOnlyStream
{
    private readonly Stream _stream;
    private readonly long _most;
    private readonly byte[] _head = new byte[4096];
    private readonly int _headLength;
    private int _headPosition;
    private long _position;

    /// <summary>Begins a document. The stream stays its owner's.</summary>
    public BoundedStream(Stream stream, long most)
    {
        _stream = stream;
        _most = most;
        _headLength = stream.ReadAtLeast(_head, _head.Length, throwOnEndOfStream: false);
        _headPosition = _head.AsSpan(0, _headLength).StartsWith("\uFEFF"u8) ? 3 : 0;
    }

    /// <summary>The first bytes, without a byte order mark.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(_headPosition, _headLength - _headPosition);

    public override int Read(Span<byte> buffer)
    {
        int read;
        if (_headPosition < _headLength)
        {
            read = Math.Min(buffer.Length, _headLength - _headPosition);
            _head.AsSpan(_headPosition, read).CopyTo(buffer);
            _headPosition += read;
        }
        else
        {
            read = _stream.Read(buffer);
        }

        _position += read;
        return _position <= _most ? read : throw new SbomBrokenException($"it has more than {_most} bytes");
    }
}
