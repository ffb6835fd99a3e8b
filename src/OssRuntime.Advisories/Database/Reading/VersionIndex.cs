using System.Buffers.Binary;
using System.Text;
using OssRuntime.Advisories.Database.Format;

namespace OssRuntime.Advisories.Database.Reading;

/// <summary>The published versions of one ecosystem.</summary>
internal readonly ref struct VersionIndex
{
    private const int Hash = 6;
    private const int Entry = Hash + 1;
    private const int Day = 2;

    private readonly ReadOnlySpan<byte> _entries;
    private readonly ReadOnlySpan<byte> _days;

    private VersionIndex(ReadOnlySpan<byte> entries, ReadOnlySpan<byte> days)
    {
        _entries = entries;
        _days = days;
    }

    /// <summary>True where the section has the versions of some ecosystem.</summary>
    public static bool HasAny(ReadOnlySpan<byte> section) => !section.IsEmpty && new ByteReader(section).UInt32() > 0;

    /// <summary>The versions of an ecosystem; false where the section has none.</summary>
    /// <param name="section">The section of versions.</param>
    /// <param name="released">The section of the days on which they were published; empty for one that is not there or not asked.</param>
    /// <param name="ecosystem">The canonical ecosystem.</param>
    /// <param name="index">The index.</param>
    public static bool TryOpen(ReadOnlySpan<byte> section, ReadOnlySpan<byte> released, string ecosystem, out VersionIndex index)
    {
        index = default;
        if (!TryTable(section, ecosystem, out var entries))
        {
            return false;
        }

        if (TryTable(released, ecosystem, out var days) && days.Length / Day != entries.Length / Entry)
        {
            throw ByteReader.Damaged();
        }

        index = new VersionIndex(entries, days);
        return true;
    }

    /// <summary>What is said of a version of a package, or without a version of the package; null where the list has it not.</summary>
    public VersionNote? Find(string name, string? version) => Place(name, version) is >= 0 and var place ? (VersionNote)_entries[(place * Entry) + Hash] : null;

    /// <summary>The day on which a version was published, or null.</summary>
    public DateOnly? ReleasedOn(string name, string version) =>
        !_days.IsEmpty && Place(name, version) is >= 0 and var place ? ReleaseDay.Read(BinaryPrimitives.ReadUInt16LittleEndian(_days[(place * Day)..])) : null;

    private int Place(string name, string? version)
    {
        Span<byte> wanted = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(wanted, NameHash.Of(name, version));
        var (low, high) = (0, (_entries.Length / Entry) - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = _entries.Slice(middle * Entry, Hash).SequenceCompareTo(wanted[2..]);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    /// <summary>The table of an ecosystem in a section that names ecosystems with the lengths of their tables, and then has the tables.</summary>
    private static bool TryTable(ReadOnlySpan<byte> section, string ecosystem, out ReadOnlySpan<byte> table)
    {
        table = default;
        if (section.IsEmpty)
        {
            return false;
        }

        var reader = new ByteReader(section);
        var (found, start, length, before) = (false, 0L, 0u, 0L);
        for (var left = reader.UInt32(); left > 0; left--)
        {
            var name = reader.Text();
            var own = reader.UInt32();
            if (Encoding.UTF8.GetString(name) == ecosystem)
            {
                (found, start, length) = (true, before, own);
            }

            before += own;
        }

        if (!found)
        {
            return false;
        }

        reader.Bytes(start <= reader.Remaining ? (uint)start : uint.MaxValue);
        table = reader.Bytes(length);
        return true;
    }
}
