using System.Buffers.Binary;
using System.Collections.Immutable;

namespace OssRuntime.Inventory.Extractors.Executables;

/// <summary>Where the parts of a program lie, as the head of its file tells.</summary>
internal sealed record ProgramLayout(bool Is64, bool IsBigEndian)
{
    /// <summary>How many bytes of a file are enough to tell.</summary>
    public const int HeadLength = 16 << 10;

    /// <summary>In the order in which they lie in the file, those beyond its end left out.</summary>
    public ImmutableArray<ProgramSegment> Segments { get; init; } = [];

    /// <summary>Where an ELF file has its table of sections; zero where there is none.</summary>
    public long SectionTable { get; init; }

    /// <summary>How many sections an ELF file has; zero where the table itself tells.</summary>
    public int SectionCount { get; init; }

    /// <summary>Which section of an ELF file has the names of the others.</summary>
    public int NameSection { get; init; }

    /// <summary>What is wrong with the head, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>Where the last segment ends.</summary>
    public long LoadedEnd => Segments.IsEmpty ? 0 : Segments.Max(s => s.End);

    /// <summary>
    /// Where begins what is not loaded, the table of sections in it. That is the end of the last segment, or of the last one before the table:
    /// tools that change a program put a segment behind all else.
    /// </summary>
    public long TailStart
    {
        get
        {
            var table = SectionTable;
            var isBetween = table > 0 && table < LoadedEnd && !Segments.Any(s => table >= s.Offset && table < s.End);
            return isBetween ? Segments.Where(s => s.End <= table).Select(s => s.End).DefaultIfEmpty(0).Max() : LoadedEnd;
        }
    }

    /// <summary>Null where the bytes begin no program.</summary>
    /// <param name="head">The first bytes of the file, <see cref="HeadLength"/> of them if it has as many.</param>
    /// <param name="size">The size of the file.</param>
    public static ProgramLayout? Read(ReadOnlySpan<byte> head, long size)
    {
        if (head.Length < 64)
        {
            return null;
        }

        return BinaryPrimitives.ReadUInt32BigEndian(head) switch
        {
            0x7F454C46 => ElfHeader.Read(head, size),
            0xFEEDFACE or 0xFEEDFACF or 0xCEFAEDFE or 0xCFFAEDFE => MachHeader.Read(head, size),
            _ when head.StartsWith("MZ"u8) => PeHeader.Read(head, size),
            _ => null,
        };
    }

    /// <summary>The place in the file of a place in memory.</summary>
    public bool TryOffset(ulong address, out long offset)
    {
        foreach (var segment in Segments)
        {
            if (address >= segment.Address && address - segment.Address < (ulong)segment.Length)
            {
                offset = segment.Offset + (long)(address - segment.Address);
                return true;
            }
        }

        offset = 0;
        return false;
    }

    /// <summary>The same layout with these segments, as far as they lie inside the file.</summary>
    public ProgramLayout With(IEnumerable<ProgramSegment> segments, long size)
    {
        var all = segments.Where(s => s.Length > 0).OrderBy(s => s.Offset).ToList();
        var inside = all.Where(s => s.Offset >= 0 && s.Length <= size && s.Offset <= size - s.Length).ToImmutableArray();
        return this with
        {
            Segments = inside,
            Problem = inside.Length == all.Count ? null : "a program's header points beyond the end of its file",
        };
    }
}
