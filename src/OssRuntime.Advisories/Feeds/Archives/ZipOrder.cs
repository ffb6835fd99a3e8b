using System.Runtime.InteropServices;
using System.Text;

namespace OssRuntime.Advisories.Feeds.Archives;

/// <summary>The entries of an archive in the order of their names. Half a million of them cost some forty megabytes for as long as they are read.</summary>
internal sealed class ZipOrder
{
    private readonly List<byte> _names = [];
    private readonly List<Slot> _slots = [];

    /// <summary>An entry more.</summary>
    public void Add(in ZipEntry entry)
    {
        var name = Encoding.UTF8.GetBytes(entry.Name);
        _slots.Add(new Slot(_names.Count, name.Length, entry with { Name = "" }));
        _names.AddRange(name);
    }

    /// <summary>The entries.</summary>
    public IEnumerable<ZipEntry> Sorted()
    {
        _slots.Sort((left, right) =>
        {
            var byName = Name(left).SequenceCompareTo(Name(right));
            return byName != 0 ? byName : left.Entry.Crc32 != right.Entry.Crc32 ? left.Entry.Crc32.CompareTo(right.Entry.Crc32) : left.Entry.Length.CompareTo(right.Entry.Length);
        });
        foreach (var slot in _slots)
        {
            yield return slot.Entry with { Name = Encoding.UTF8.GetString(Name(slot)) };
        }
    }

    private ReadOnlySpan<byte> Name(in Slot slot) => CollectionsMarshal.AsSpan(_names).Slice(slot.At, slot.Length);

    private readonly record struct Slot(int At, int Length, ZipEntry Entry);
}
