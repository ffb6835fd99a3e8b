using System.Buffers.Binary;
using System.Text;
using OssRuntime.Advisories.Database.Building;
using OssRuntime.Advisories.Database.Format;

namespace OssRuntime.Advisories.Database.Reading;

/// <summary>The published versions of one ecosystem.</summary>
internal readonly ref struct VersionIndex
{
    private const int Hash = 6;
    private const int Entry = Hash + 1;

    private readonly ReadOnlySpan<byte> _entries;

    private VersionIndex(ReadOnlySpan<byte> entries) => _entries = entries;

    /// <summary>True where the section has the versions of some ecosystem.</summary>
    public static bool HasAny(ReadOnlySpan<byte> section) => !section.IsEmpty && new ByteReader(section).UInt32() > 0;

    /// <summary>The versions of an ecosystem; false where the section has none.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> section, string ecosystem, out VersionIndex index)
    {
        index = default;
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
        index = new VersionIndex(reader.Bytes(length));
        return true;
    }

    /// <summary>What is said of a version of a package, or without a version of the package; null where the list has it not.</summary>
    public VersionNote? Find(string name, string? version)
    {
        Span<byte> wanted = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(wanted, CollectedVersions.Hash(name, version));
        var (low, high) = (0, (_entries.Length / Entry) - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var entry = _entries.Slice(middle * Entry, Entry);
            var order = entry[..Hash].SequenceCompareTo(wanted[2..]);
            if (order == 0)
            {
                return (VersionNote)entry[Hash];
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }
}
