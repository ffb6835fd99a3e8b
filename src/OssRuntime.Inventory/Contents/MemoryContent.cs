namespace OssRuntime.Inventory.Contents;

/// <summary>Bytes in somebody else's buffer.</summary>
internal sealed class MemoryContent(NativeBuffer buffer, int length) : RandomContent
{
    public override long Length => length;

    public override int Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset >= length)
        {
            return 0;
        }

        var count = (int)Math.Min(destination.Length, length - offset);
        buffer.Bytes.Slice((int)offset, count).CopyTo(destination);
        return count;
    }
}
