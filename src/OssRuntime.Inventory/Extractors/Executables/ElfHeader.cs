namespace OssRuntime.Inventory.Extractors.Executables;

/// <summary>The head of an ELF file (System V ABI, chapters 4 and 5): which segments are loaded, and where the sections are listed.</summary>
internal static class ElfHeader
{
    private const uint Loaded = 1;
    private const uint Writable = 2;

    public static ProgramLayout? Read(ReadOnlySpan<byte> head, long size)
    {
        var layout = new ProgramLayout(head[4] == 2, head[5] == 2);
        if (head[4] is not (1 or 2) || head[5] is not (1 or 2))
        {
            return null;
        }

        var is64 = layout.Is64;
        var elf = new HeaderFields(head, layout.IsBigEndian);
        var table = elf.Word(is64 ? 32 : 28, is64);
        var entrySize = elf.U16(is64 ? 54 : 42);
        var count = elf.U16(is64 ? 56 : 44);
        if (count > 0 && (table > (ulong)head.Length || entrySize < (is64 ? 56 : 32) || (long)table + ((long)count * entrySize) > head.Length))
        {
            return layout with { Problem = "the program headers of an ELF file are not at its start" };
        }

        var segments = new List<ProgramSegment>(count);
        for (var i = 0; i < count; i++)
        {
            var at = (int)table + (i * entrySize);
            if (elf.U32(at) == Loaded)
            {
                var flags = elf.U32(at + (is64 ? 4 : 24));
                segments.Add(new ProgramSegment(
                    (long)elf.Word(at + (is64 ? 8 : 4), is64),
                    (long)elf.Word(at + (is64 ? 32 : 16), is64),
                    elf.Word(at + (is64 ? 16 : 8), is64),
                    (flags & Writable) != 0,
                    ""));
            }
        }

        return (layout with
        {
            SectionTable = (long)elf.Word(is64 ? 40 : 32, is64),
            SectionCount = elf.U16(is64 ? 60 : 48),
            NameSection = elf.U16(is64 ? 62 : 50),
        }).With(segments, size);
    }
}
