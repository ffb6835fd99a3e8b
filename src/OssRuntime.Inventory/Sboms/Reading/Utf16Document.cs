using System.Text;

namespace OssRuntime.Inventory.Sboms.Reading;

/// <summary>Documents in UTF-16 with a byte order mark, as <c>&gt;</c> of Windows PowerShell writes them.</summary>
internal static class Utf16Document
{
    private const int MarkLength = 2;

    /// <summary>The document in UTF-8; the stream itself, from its start, where it has no such mark. Only a stream that can be read again is looked at.</summary>
    public static Stream AsUtf8(Stream stream)
    {
        if (!stream.CanSeek)
        {
            return stream;
        }

        Span<byte> mark = stackalloc byte[MarkLength];
        var start = stream.Position;
        var read = stream.ReadAtLeast(mark, MarkLength, throwOnEndOfStream: false);
        stream.Position = start;
        Encoding? encoding = read < MarkLength ? null
            : mark is [0xFF, 0xFE] ? Encoding.Unicode
            : mark is [0xFE, 0xFF] ? Encoding.BigEndianUnicode
            : null;
        if (encoding is null)
        {
            return stream;
        }

        stream.Position = start + MarkLength;
        return Encoding.CreateTranscodingStream(stream, encoding, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
    }
}
