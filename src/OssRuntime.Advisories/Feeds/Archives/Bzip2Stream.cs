using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.BZip2;

namespace OssRuntime.Advisories.Feeds.Archives;

/// <summary>
/// Unpacks bzip2, which Oracle and SUSE publish in and .NET cannot read: SharpZipLib reads one packed stream, this goes on to those that follow it
/// and says of all that is damaged the same. Checksums are compared.
/// </summary>
internal sealed class Bzip2Stream(Stream source) : UnpackingStream(source)
{
    // Each packed stream costs some megabytes of memory for a moment, so one that gives nothing must not be repeated for as long as the file goes on. Tools that
    // pack in parallel write one for every 100,000 bytes and more.
    private const int FreeStreams = 16;
    private const int LeastPerStream = 1 << 16;

    private readonly Bzip2Source _source = new(source);
    private BZip2InputStream? _stream;
    private long _unpacked;
    private long _streams;

    /// <summary>The next bytes.</summary>
    /// <exception cref="InvalidDataException">The data is damaged or cut.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        try
        {
            while (_stream is not null || Begin())
            {
                if (_stream!.Read(buffer) is > 0 and var read)
                {
                    _unpacked += read;
                    return read;
                }

                End();
            }

            return 0;
        }
        catch (Exception error) when (error is SharpZipBaseException or EndOfStreamException or IndexOutOfRangeException)
        {
            // The library does not check every index before it uses it.
            throw new InvalidDataException("the data is damaged or cut", error);
        }
    }

    protected override void Dispose(bool disposing)
    {
        End();
        base.Dispose(disposing);
    }

    /// <summary>Goes to the next packed stream; false at the end of the file.</summary>
    private bool Begin()
    {
        if (_streams > 0 && _source.IsAtEnd)
        {
            return false;
        }

        // The library takes what does not begin as it should for the end.
        if (!_source.IsAtHead)
        {
            throw new InvalidDataException("the data is not packed by bzip2");
        }

        if (_streams++ > FreeStreams + (_unpacked / LeastPerStream))
        {
            throw new InvalidDataException("the data consists of too many packed streams");
        }

        _stream = new BZip2InputStream(_source) { IsStreamOwner = false };
        return true;
    }

    private void End()
    {
        _stream?.Dispose();
        _stream = null;
    }
}
