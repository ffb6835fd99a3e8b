namespace OssRuntime.Inventory.Contents;

/// <summary>Bytes that can be read in any order: in memory, on disk, or a part of others.</summary>
internal abstract class RandomContent : IDisposable
{
    /// <summary>How many there are.</summary>
    public abstract long Length { get; }

    /// <summary>Reads what is there, up to the buffer's length; nothing at the end, and nothing before the start.</summary>
    public abstract int Read(long offset, Span<byte> buffer);

    /// <summary>Fills the buffer; false where there are not that many bytes.</summary>
    public bool TryReadExactly(long offset, Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var read = Read(offset, buffer);
            if (read == 0)
            {
                return false;
            }

            offset += read;
            buffer = buffer[read..];
        }

        return true;
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
