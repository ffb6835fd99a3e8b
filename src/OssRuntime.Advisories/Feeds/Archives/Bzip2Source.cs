namespace OssRuntime.Advisories.Feeds.Archives;

/// <summary>Packed bytes for a reader that takes them one by one, which can be looked at before they are taken.</summary>
internal sealed class Bzip2Source(Stream source) : UnpackingStream(source)
{
    private readonly Stream _source = source;
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _at;
    private int _length;

    /// <summary>True where no byte is left.</summary>
    public bool IsAtEnd => !Has(1);

    /// <summary>True where a packed stream begins: <c>BZh</c> and the size of its blocks.</summary>
    public bool IsAtHead => Has(4) && _buffer.AsSpan(_at, 4) is [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9'];

    public override int ReadByte() => Has(1) ? _buffer[_at++] : -1;

    public override int Read(Span<byte> buffer)
    {
        if (!Has(1))
        {
            return 0;
        }

        var count = Math.Min(buffer.Length, _length - _at);
        _buffer.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    private bool Has(int count)
    {
        if (_length - _at >= count)
        {
            return true;
        }

        _buffer.AsSpan(_at, _length - _at).CopyTo(_buffer);
        (_at, _length) = (0, _length - _at);
        while (_length < count && _source.Read(_buffer.AsSpan(_length)) is > 0 and var read)
        {
            _length += read;
        }

        return _length >= count;
    }
}
