namespace OssRuntime.Inventory.Contents;

/// <summary>A stretch of bytes as a stream.</summary>
internal sealed class RandomContentStream(RandomContent content, long start, long length) : ReadOnlyStream
{
    private long _position;

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, length - _position);
        var read = count <= 0 ? 0 : content.Read(start + _position, buffer[..count]);
        _position += read;
        return read;
    }

    public override long Skip(long count)
    {
        count = Math.Clamp(length - _position, 0, count);
        _position += count;
        return count;
    }
}
