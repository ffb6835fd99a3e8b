namespace OssRuntime.Inventory.Contents;

/// <summary>What every forward-only stream of this room has in common: all that it cannot do.</summary>
internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public abstract override int Read(Span<byte> buffer);

    /// <summary>Goes over bytes as cheaply as it can; fewer than asked for only at the end.</summary>
    /// <returns>How many.</returns>
    public virtual long Skip(long count)
    {
        Span<byte> buffer = stackalloc byte[4096];
        long skipped = 0;
        int read;
        while (skipped < count && (read = Read(buffer[..(int)Math.Min(buffer.Length, count - skipped)])) > 0)
        {
            skipped += read;
        }

        return skipped;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
