using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.GZip;

namespace OssRuntime.Advisories.Feeds.Archives;

/// <summary>Unpacks gzip (RFC 1952) and compares its checksums. .NET's own stream takes a file that is cut for one that ends.</summary>
internal sealed class GzipUnpacker(Stream source) : UnpackingStream(source)
{
    private readonly GZipInputStream _stream = new(source);

    /// <summary>The next bytes.</summary>
    /// <exception cref="InvalidDataException">The data is damaged or cut.</exception>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return _stream.Read(buffer);
        }
        catch (Exception error) when (error is SharpZipBaseException or EndOfStreamException or IndexOutOfRangeException or ArgumentException)
        {
            // The library does not check every index before it uses it.
            throw new InvalidDataException("the data is damaged or cut", error);
        }
    }
}
