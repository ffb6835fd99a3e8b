namespace OssRuntime.Inventory.Contents;

/// <summary>A part of other bytes; it does not own them.</summary>
internal sealed class SliceContent(RandomContent whole, long start, long length) : RandomContent
{
    public override long Length => length;

    public override int Read(long offset, Span<byte> buffer) => offset < 0 || offset >= length
        ? 0
        : whole.Read(start + offset, buffer[..(int)Math.Min(buffer.Length, length - offset)]);
}
