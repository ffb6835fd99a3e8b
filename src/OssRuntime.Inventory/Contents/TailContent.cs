namespace OssRuntime.Inventory.Contents;

/// <summary>The end of a file, asked for by its places in the whole file. What lies before it cannot be read.</summary>
internal sealed class TailContent(RandomContent tail, long start) : RandomContent
{
    public override long Length => start + tail.Length;

    public override int Read(long offset, Span<byte> buffer) => tail.Read(offset - start, buffer);

    protected override void Dispose(bool disposing)
    {
        tail.Dispose();
        base.Dispose(disposing);
    }
}
