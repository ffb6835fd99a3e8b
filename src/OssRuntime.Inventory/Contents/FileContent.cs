namespace OssRuntime.Inventory.Contents;

/// <summary>
/// The content of one file, for the time that one extractor looks at it. Small records are read whole with <see cref="ReadAll"/>;
/// the buffer is gone afterwards, so nothing may keep the span. Large ones are read once with <see cref="Open"/>, or in any
/// order with <see cref="Keep"/>.
/// </summary>
internal sealed class FileContent : IDisposable
{
    private const int FirstBuffer = 64 << 10;

    private readonly Stream _stream;
    private readonly Spool _spool;
    private RandomContent? _kept;
    private NativeBuffer? _buffer;
    private int _length;

    public FileContent(string path, long size, Stream stream, Spool spool)
    {
        _spool = spool;
        Path = path;
        Size = size;
        _stream = stream;
    }

    /// <summary>Without a leading slash.</summary>
    public string Path { get; }

    /// <summary>Bytes, as the archive or the file system says. They can be fewer.</summary>
    public long Size { get; }

    /// <summary>Keeps contents of nested files.</summary>
    public Spool Spool => _spool;

    /// <summary>All bytes. The buffer grows as they come: a header that lies about its size costs nothing.</summary>
    public ReadOnlySpan<byte> ReadAll()
    {
        if (_buffer is null && _kept is not null)
        {
            _buffer = new NativeBuffer((int)_kept.Length);
            _length = _kept.TryReadExactly(0, _buffer.Bytes) ? (int)_kept.Length : 0;
        }
        else if (_buffer is null)
        {
            _buffer = new NativeBuffer((int)Math.Clamp(Size, 0, FirstBuffer));
            while (_length < Size)
            {
                if (_length == _buffer.Bytes.Length)
                {
                    _buffer.Grow((int)Math.Min(Math.Min(Size, Array.MaxLength), _length * 2L));
                }

                var read = _stream.Read(_buffer.Bytes[_length..]);
                if (read == 0)
                {
                    break;
                }

                _length += read;
            }
        }

        return _buffer.Bytes[.._length];
    }

    /// <summary>The bytes as a stream that goes forward only. After <see cref="ReadAll"/> it begins at the start again.</summary>
    public Stream Open() => _kept is not null
        ? new RandomContentStream(_kept, 0, _kept.Length)
        : _buffer is null ? _stream : _buffer.Open(_length);

    /// <summary>The bytes in any order, for as long as the file lives.</summary>
    public RandomContent Keep() =>
        _kept ??= _buffer is null ? _spool.Keep(_stream, Size, Size) : new MemoryContent(_buffer, _length);

    /// <summary>The bytes in any order where that costs nothing: on disk, or kept already. Null for a stream, even one that was read from.</summary>
    public RandomContent? TryKeep() => _kept ?? (_stream is FileStream { CanSeek: true } ? Keep() : null);

    public void Dispose()
    {
        _kept?.Dispose();
        _buffer?.Dispose();
        _buffer = null;
    }
}
