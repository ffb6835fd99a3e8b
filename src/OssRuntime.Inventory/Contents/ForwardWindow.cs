using System.Buffers;

namespace OssRuntime.Inventory.Contents;

/// <summary>A window that moves over a stream, forward only, so that a file of any size is searched in one small buffer.</summary>
internal sealed class ForwardWindow(Stream stream) : IDisposable
{
    /// <summary>The most bytes that one <see cref="Fill"/> can be asked for.</summary>
    public const int Largest = 64 << 10;

    private const int BufferSize = Largest;

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private int _start;
    private int _end;

    /// <summary>Where in the file <see cref="Bytes"/> begin.</summary>
    public long Position { get; private set; }

    /// <summary>What is in the window.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Makes the window hold at least <paramref name="count"/> bytes; false where the file ends before.</summary>
    public bool Fill(int count)
    {
        if (_end - _start >= count)
        {
            return true;
        }

        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        while (_end < count)
        {
            var read = stream.Read(_buffer, _end, BufferSize - _end);
            if (read == 0)
            {
                return false;
            }

            _end += read;
        }

        return true;
    }

    /// <summary>Moves the window's start forward; false where the file ends before.</summary>
    public bool MoveTo(long position)
    {
        var count = position - Position;
        ArgumentOutOfRangeException.ThrowIfLessThan(position, Position);
        var held = (int)Math.Min(count, _end - _start);
        _start += held;
        Position += held;
        if (held < count)
        {
            Position += Skip(count - held);
        }

        return Position == position;
    }

    /// <summary>Takes bytes out of the window, or out of the stream behind it.</summary>
    public int Read(Span<byte> destination)
    {
        if (_start == _end)
        {
            var direct = stream.Read(destination);
            Position += direct;
            return direct;
        }

        var count = Math.Min(destination.Length, _end - _start);
        Bytes[..count].CopyTo(destination);
        _start += count;
        Position += count;
        return count;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private long Skip(long count)
    {
        if (stream is ReadOnlyStream skippable)
        {
            return skippable.Skip(count);
        }

        if (stream.CanSeek)
        {
            count = Math.Clamp(stream.Length - stream.Position, 0, count);
            stream.Seek(count, SeekOrigin.Current);
            return count;
        }

        long skipped = 0;
        int read;
        while (skipped < count && (read = stream.Read(_buffer, 0, (int)Math.Min(BufferSize, count - skipped))) > 0)
        {
            skipped += read;
        }

        return skipped;
    }
}
