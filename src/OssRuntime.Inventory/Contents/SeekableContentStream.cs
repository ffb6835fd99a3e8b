namespace OssRuntime.Inventory.Contents;

/// <summary>Bytes in any order as a stream, for readers that want one.</summary>
internal sealed class SeekableContentStream(RandomContent content) : ReadOnlyStream
{
    public override bool CanSeek => true;

    public override long Length => content.Length;

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        var read = content.Read(Position, buffer);
        Position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        var position = offset + origin switch
        {
            SeekOrigin.Current => Position,
            SeekOrigin.End => Length,
            _ => 0,
        };
        return Position = position < 0 ? throw new IOException("a stream has nothing before its start") : position;
    }
}
