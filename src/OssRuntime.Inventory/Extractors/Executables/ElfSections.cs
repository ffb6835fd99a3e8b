using OssRuntime.Inventory.Contents;

namespace OssRuntime.Inventory.Extractors.Executables;

/// <summary>The table of sections of an ELF file, which linkers put at its end.</summary>
internal static class ElfSections
{
    private const int MostSections = 10_000;
    private const int LongestName = 64;

    /// <summary>Where a section of this name lies; null where there is none that can be read.</summary>
    /// <param name="content">The end of the file at least.</param>
    /// <param name="layout">What its head says.</param>
    /// <param name="name">The section's name.</param>
    /// <param name="problem">Why the table cannot be read, or null.</param>
    public static (long Offset, long Length)? Find(RandomContent content, ProgramLayout layout, string name, out string? problem)
    {
        var is64 = layout.Is64;
        var entry = is64 ? 64 : 40;
        Span<byte> header = stackalloc byte[64];
        Span<byte> first = stackalloc byte[64];
        problem = null;
        if (!TryEntry(content, layout, 0, first[..entry]))
        {
            problem = "the section headers of an ELF file lie outside of it";
            return null;
        }

        // Where there are more than fit into the header, the first entry tells how many and which one has the names.
        var zero = new HeaderFields(first, layout.IsBigEndian);
        var count = layout.SectionCount > 0 ? layout.SectionCount : (long)zero.Word(is64 ? 32 : 20, is64);
        var names = layout.NameSection < 0xFFFF ? layout.NameSection : (int)Math.Min(int.MaxValue, zero.U32(is64 ? 40 : 24));
        if (count > MostSections || names >= count || !TryEntry(content, layout, names, header[..entry]))
        {
            problem = "the section headers of an ELF file contradict each other";
            return null;
        }

        var (namesAt, namesLength) = Place(header, layout);
        Span<byte> text = stackalloc byte[LongestName];
        for (var i = 1; i < count; i++)
        {
            if (!TryEntry(content, layout, i, header[..entry]))
            {
                problem = "the section headers of an ELF file lie outside of it";
                return null;
            }

            var nameAt = new HeaderFields(header, layout.IsBigEndian).U32(0);
            if (nameAt >= namesLength)
            {
                continue;
            }

            var read = content.Read(namesAt + nameAt, text);
            if (new HeaderFields(text[..read], isBigEndian: false).Text(0, read) == name)
            {
                return Place(header, layout);
            }
        }

        return null;
    }

    private static bool TryEntry(RandomContent content, ProgramLayout layout, long index, Span<byte> entry) =>
        content.TryReadExactly(layout.SectionTable + (index * entry.Length), entry);

    private static (long Offset, long Length) Place(ReadOnlySpan<byte> entry, ProgramLayout layout)
    {
        var fields = new HeaderFields(entry, layout.IsBigEndian);
        var offset = (long)fields.Word(layout.Is64 ? 24 : 16, layout.Is64);
        var length = (long)fields.Word(layout.Is64 ? 32 : 20, layout.Is64);
        return (offset, length);
    }
}
