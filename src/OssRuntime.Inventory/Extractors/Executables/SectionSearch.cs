using System.Buffers;
using System.Collections.Immutable;

namespace OssRuntime.Inventory.Extractors.Executables;

/// <summary>Takes the content of a named section of a PE or Mach-O file.</summary>
internal sealed class SectionSearch : IProgramSearch
{
    private const long LargestSection = 8 << 20;

    private readonly ProgramSegment? _section;
    private readonly ArrayBufferWriter<byte> _content = new();

    public SectionSearch(ImmutableArray<ProgramSegment> segments, string name)
    {
        _section = segments.Where(s => s.Name == name && s.Length <= LargestSection).Cast<ProgramSegment?>().FirstOrDefault();
        Problem = _section is null && segments.Any(s => s.Name == name) ? $"its section '{name}' has more than {LargestSection} bytes" : null;
    }

    /// <summary>Why a section that is there is not read, or null.</summary>
    public string? Problem { get; }

    /// <summary>The content, once all of it went by.</summary>
    public byte[]? Content => _section is { } section && _content.WrittenCount == section.Length ? _content.WrittenSpan.ToArray() : null;

    public long? NextWanted(long from) =>
        _section is { } section && _content.WrittenCount < section.Length ? section.Offset + _content.WrittenCount : null;

    public void Look(long position, ReadOnlySpan<byte> bytes, bool isLast)
    {
        if (_section is not { } section || NextWanted(0) is not { } next || next < position || next >= position + bytes.Length)
        {
            return;
        }

        bytes = bytes[(int)(next - position)..];
        _content.Write(bytes[..(int)Math.Min(bytes.Length, section.Length - _content.WrittenCount)]);
    }
}
