namespace OssRuntime.Inventory.Extractors.Executables;

/// <summary>The head of a Mach-O file (mach-o/loader.h): the sections of its segments.</summary>
internal static class MachHeader
{
    private const uint Segment32 = 0x01;
    private const uint Segment64 = 0x19;
    private const uint Writable = 2;

    public static ProgramLayout Read(ReadOnlySpan<byte> head, long size)
    {
        var isBigEndian = head[0] == 0xFE;
        var layout = new ProgramLayout(head[isBigEndian ? 3 : 0] == 0xCF, isBigEndian);
        var mach = new HeaderFields(head, isBigEndian);
        var commands = mach.U32(16);
        var at = layout.Is64 ? 32 : 28;
        if (mach.U32(20) > head.Length - at)
        {
            return layout with { Problem = "the load commands of a Mach-O file are not at its start" };
        }

        var segments = new List<ProgramSegment>();
        for (var i = 0; i < commands; i++)
        {
            var length = mach.U32(at + 4);
            if (length < 8 || length > head.Length - at)
            {
                return layout.With(segments, size) with { Problem = "a load command of a Mach-O file has an impossible length" };
            }

            if (mach.U32(at) == (layout.Is64 ? Segment64 : Segment32))
            {
                AddSections(mach, at, (int)length, layout.Is64, segments);
            }

            at += (int)length;
        }

        return layout.With(segments, size);
    }

    private static void AddSections(HeaderFields mach, int command, int length, bool is64, List<ProgramSegment> segments)
    {
        var isWritable = (mach.U32(command + (is64 ? 60 : 44)) & Writable) != 0;
        var count = mach.U32(command + (is64 ? 64 : 48));
        var first = command + (is64 ? 72 : 56);
        var size = is64 ? 80 : 68;
        for (var i = 0; i < count && first + ((i + 1) * size) <= command + length; i++)
        {
            var section = first + (i * size);
            if (mach.U32(section + (is64 ? 48 : 40)) == 0)
            {
                // Filled with zeros when loaded; the file has nothing of it.
                continue;
            }

            segments.Add(new ProgramSegment(
                mach.U32(section + (is64 ? 48 : 40)),
                (long)mach.Word(section + (is64 ? 40 : 36), is64),
                mach.Word(section + 32, is64),
                isWritable,
                mach.Text(section, 16)));
        }
    }
}
