namespace OssRuntime.Advisories.Feeds.Archives;

/// <summary>A stream that gives no more bytes than it may.</summary>
internal sealed class LimitedStream(Stream source, long most) : UnpackingStream(source)
{
    private readonly Stream _source = source;
    private long _left = most;

    /// <summary>The next bytes.</summary>
    /// <exception cref="FeedFileException">There are more than there may be.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = _source.Read(buffer);
        _left -= read;
        return _left >= 0 ? read : throw new FeedFileException("the file unpacks to more than its size allows");
    }
}
