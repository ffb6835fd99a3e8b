namespace OssRuntime.Inventory.Contents;

/// <summary>
/// Bytes in memory, in pages of one size: whatever is kept next uses the same ones, where buffers as long as each content would be left
/// behind in every size.
/// </summary>
internal sealed class PagedContent : RandomContent
{
    private const int PageSize = 64 << 10;

    private readonly List<NativeBuffer> _pages = [];
    private long _length;

    public override long Length => _length;

    /// <summary>Takes some bytes of a stream; false at its end.</summary>
    public bool Append(Stream stream)
    {
        if (_length == (long)_pages.Count * PageSize)
        {
            _pages.Add(new NativeBuffer(PageSize));
        }

        var read = stream.Read(_pages[^1].Bytes[(int)(_length % PageSize)..]);
        _length += read;
        return read > 0;
    }

    public override int Read(long offset, Span<byte> buffer)
    {
        if (offset < 0 || offset >= _length)
        {
            return 0;
        }

        var start = (int)(offset % PageSize);
        var count = (int)Math.Min(Math.Min(buffer.Length, PageSize - start), _length - offset);
        _pages[(int)(offset / PageSize)].Bytes.Slice(start, count).CopyTo(buffer);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        _length = 0;
        _pages.ForEach(page => page.Dispose());
        _pages.Clear();
        base.Dispose(disposing);
    }
}
