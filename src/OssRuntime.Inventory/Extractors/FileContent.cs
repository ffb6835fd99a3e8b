using System.Buffers;

namespace OssRuntime.Inventory.Extractors;

/// <summary>
/// The content of one file, for the time of one <see cref="IExtractor.Extract"/>. Small records are read whole with <see cref="ReadAll"/>;
/// the buffer goes back to the pool afterwards, so nothing may keep the span.
/// </summary>
internal sealed class FileContent : IDisposable
{
    private const int FirstBuffer = 64 << 10;

    private readonly Stream _stream;
    private byte[]? _buffer;
    private int _length;

    public FileContent(string path, long size, Stream stream)
    {
        Path = path;
        Size = size;
        _stream = stream;
    }

    /// <summary>Without a leading slash.</summary>
    public string Path { get; }

    /// <summary>Bytes, as the archive or the file system says. They can be fewer.</summary>
    public long Size { get; }

    /// <summary>All bytes. The buffer grows as they come: a header that lies about its size costs nothing.</summary>
    public ReadOnlySpan<byte> ReadAll()
    {
        if (_buffer is null)
        {
            _buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(Size, 1, FirstBuffer));
            while (_length < Size)
            {
                if (_length == _buffer.Length)
                {
                    Grow();
                }

                var read = _stream.Read(_buffer, _length, (int)Math.Min(_buffer.Length - _length, Size - _length));
                if (read == 0)
                {
                    break;
                }

                _length += read;
            }
        }

        return _buffer.AsSpan(0, _length);
    }

    /// <summary>The bytes as a stream that goes forward only. After <see cref="ReadAll"/> it begins at the start again.</summary>
    public Stream Open() => _buffer is null ? _stream : new MemoryStream(_buffer, 0, _length, writable: false);

    public void Dispose()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, _buffer!.Length * 4L));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
