using System.Buffers;
using System.Collections.Immutable;
using System.IO.Compression;
using OssRuntime.Inventory.Extractors.Executables;

namespace OssRuntime.Inventory.Extractors.Programs;

/// <summary>
/// Finds the SBOM that GraalVM's native-image puts into a program: CycloneDX in gzip among its data, where the symbol <c>sbom</c> points (GraalVM's documentation,
/// "Software Bill of Materials"). Symbols stand elsewhere in the file; the bytes themselves tell as much: gzip that begins with such a document.
/// </summary>
internal sealed class NativeImageSearch(ImmutableArray<ProgramSegment> segments) : IProgramSearch
{
    private const int LargestSbom = 1 << 20;
    private const int LeastToTell = 512;
    private const int MostTries = 100;

    private readonly ArrayBufferWriter<byte> _content = new();
    private long _next = -1;
    private int _tries;

    /// <summary>What begins with the compressed SBOM; null where there is none.</summary>
    public byte[]? Found => _next >= 0 ? _content.WrittenSpan.ToArray() : null;

    private static ReadOnlySpan<byte> Gzip => [0x1F, 0x8B, 0x08];

    public long? NextWanted(long from)
    {
        if (_next >= 0)
        {
            return _content.WrittenCount < LargestSbom ? _next : null;
        }

        if (_tries < MostTries)
        {
            foreach (var segment in segments)
            {
                if (segment.IsWritable && segment.End > from)
                {
                    return Math.Max(from, segment.Offset);
                }
            }
        }

        return null;
    }

    public void Look(long position, ReadOnlySpan<byte> bytes, bool isLast)
    {
        if (_next < 0)
        {
            Search(position, bytes, isLast);
        }
        else if (_next >= position && _next < position + bytes.Length)
        {
            Take(bytes[(int)(_next - position)..]);
        }
    }

    private void Search(long position, ReadOnlySpan<byte> bytes, bool isLast)
    {
        var end = isLast ? bytes.Length : bytes.Length - LeastToTell;
        for (var from = 0; from < end && _tries < MostTries;)
        {
            var found = bytes[from..].IndexOf(Gzip);
            if (found < 0 || from + found >= end)
            {
                return;
            }

            _tries++;
            from += found;
            if (IsSbom(bytes[from..]))
            {
                _next = position + from;
                Take(bytes[from..]);
                return;
            }

            from++;
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, LargestSbom - _content.WrittenCount)];
        _content.Write(bytes);
        _next += bytes.Length;
    }

    private static bool IsSbom(ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(bytes[..Math.Min(bytes.Length, LeastToTell)].ToArray()), CompressionMode.Decompress);
            Span<byte> head = stackalloc byte[64];
            head = head[..gzip.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
            return head.TrimStart(" \r\n\t"u8).StartsWith("{"u8) && head.IndexOf("\"bomFormat\""u8) > 0;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
