using System.Buffers.Binary;
using System.Collections.Immutable;
using OssRuntime.Inventory.Extractors.Executables;

namespace OssRuntime.Inventory.Extractors.DotNet;

/// <summary>
/// Finds out whether a program is a .NET bundle: its host has a mark (the SHA-256 of ".net core bundle" and a line feed), and the eight bytes before it say where the
/// list of bundled files begins (runtime, src/native/corehost/bundle). They are zero in a host that has none.
/// </summary>
internal sealed class BundleSearch(ImmutableArray<ProgramSegment> segments) : IProgramSearch
{
    private const int OffsetLength = 8;

    private bool _isDone;

    /// <summary>Where the list begins; zero where there is none.</summary>
    public long HeaderOffset { get; private set; }

    private static ReadOnlySpan<byte> Mark =>
    [
        0x8B, 0x12, 0x02, 0xB9, 0x6A, 0x61, 0x20, 0x38, 0x72, 0x7B, 0x93, 0x02, 0x14, 0xD7, 0xA0, 0x32,
        0x13, 0xF5, 0xB9, 0xE6, 0xEF, 0xAE, 0x33, 0x18, 0xEE, 0x3B, 0x2D, 0xCE, 0x24, 0xB3, 0x6A, 0xAE,
    ];

    public long? NextWanted(long from)
    {
        if (!_isDone)
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
        var at = _isDone ? -1 : bytes.IndexOf(Mark);
        if (at >= OffsetLength)
        {
            HeaderOffset = BinaryPrimitives.ReadInt64LittleEndian(bytes[(at - OffsetLength)..]);
            _isDone = true;
        }
    }
}
