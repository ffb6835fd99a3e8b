namespace OssRuntime.Inventory.Extractors.Executables;

/// <summary>The head of a PE file (Microsoft's "PE Format"): its sections.</summary>
internal static class PeHeader
{
    private const int SectionSize = 40;
    private const uint Writable = 0x8000_0000;

    public static ProgramLayout? Read(ReadOnlySpan<byte> head, long size)
    {
        var pe = new HeaderFields(head, isBigEndian: false);
        var start = pe.U32(0x3C);
        if (start > head.Length - 24 || pe.U32((int)start) != 0x4550)
        {
            return null;
        }

        var at = (int)start;
        var count = pe.U16(at + 6);
        var optional = at + 24;
        var is64 = pe.U16(optional) == 0x20B;
        var imageBase = is64 ? pe.U64(optional + 24) : pe.U32(optional + 28);
        var layout = new ProgramLayout(is64, IsBigEndian: false);
        var table = optional + pe.U16(at + 20);
        if (table + (count * SectionSize) > head.Length)
        {
            return layout with { Problem = "the section table of a PE file is not at its start" };
        }

        var segments = new List<ProgramSegment>(count);
        for (var i = 0; i < count; i++)
        {
            var section = table + (i * SectionSize);
            segments.Add(new ProgramSegment(
                pe.U32(section + 20),
                pe.U32(section + 16),
                imageBase + pe.U32(section + 12),
                (pe.U32(section + 36) & Writable) != 0,
                pe.Text(section, 8)));
        }

        return layout.With(segments, size);
    }
}
