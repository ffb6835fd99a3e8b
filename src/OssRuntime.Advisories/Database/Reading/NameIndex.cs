using System.Buffers.Binary;
using System.Text;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Identifiers;

namespace OssRuntime.Advisories.Database.Reading;

/// <summary>The names of one ecosystem.</summary>
internal readonly ref struct NameIndex
{
    private const int Hash = 6;
    private const int Key = 8;

    private readonly ReadOnlySpan<byte> _known;
    private readonly StringTable _popular;
    private readonly ReadOnlySpan<byte> _keys;

    private NameIndex(bool complete, ReadOnlySpan<byte> known, ReadOnlySpan<byte> popular, ReadOnlySpan<byte> keys)
    {
        IsComplete = complete;
        _known = known;
        _popular = new StringTable(popular);
        _keys = keys;
    }

    /// <summary>True where the list has all names of the ecosystem.</summary>
    public bool IsComplete { get; }

    /// <summary>True where the section has the names of some ecosystem.</summary>
    public static bool HasAny(ReadOnlySpan<byte> section) => !section.IsEmpty && new ByteReader(section).UInt32() > 0;

    /// <summary>The names of an ecosystem; false where the section has none.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> section, string ecosystem, out NameIndex index)
    {
        index = default;
        if (section.IsEmpty)
        {
            return false;
        }

        var reader = new ByteReader(section);
        var (found, before) = (false, 0L);
        Span<uint> lengths = stackalloc uint[3];
        var (complete, start) = (false, 0L);
        Span<uint> own = stackalloc uint[3];
        for (var left = reader.UInt32(); left > 0; left--)
        {
            var name = reader.Text();
            var all = reader.Byte() == 1;
            for (var i = 0; i < lengths.Length; i++)
            {
                lengths[i] = reader.UInt32();
            }

            if (Encoding.UTF8.GetString(name) == ecosystem)
            {
                (found, complete, start) = (true, all, before);
                lengths.CopyTo(own);
            }

            before += (long)lengths[0] + lengths[1] + lengths[2];
        }

        if (!found)
        {
            return false;
        }

        reader.Bytes(start <= reader.Remaining ? (uint)start : uint.MaxValue);
        index = new NameIndex(complete, reader.Bytes(own[0]), reader.Bytes(own[1]), reader.Bytes(own[2]));
        return true;
    }

    /// <summary>True for a name that the list has.</summary>
    public bool IsKnown(string name)
    {
        Span<byte> wanted = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(wanted, NameHash.Of(name));
        var (low, high) = (0, (_known.Length / Hash) - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = _known.Slice(middle * Hash, Hash).SequenceCompareTo(wanted[2..]);
            if (order == 0)
            {
                return true;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return false;
    }

    /// <summary>True for one of the most popular names.</summary>
    public bool IsPopular(string name)
    {
        var first = NameKeys.First("n" + name);
        for (var at = FindKey(first); at < _keys.Length / Key && NameKeys.IsOf(Entry(at), first); at++)
        {
            if (_popular.Text((uint)NameKeys.Rank(Entry(at))) == name)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The most popular name that a name looks like, and how; null where it looks like none.</summary>
    public (string Popular, string How)? LookAlike(string name)
    {
        (int Rank, string Popular, string How)? best = null;
        foreach (var key in LookAlikes.Keys(name))
        {
            var first = NameKeys.First(key);
            for (var at = FindKey(first); at < _keys.Length / Key && NameKeys.IsOf(Entry(at), first); at++)
            {
                var rank = NameKeys.Rank(Entry(at));
                if (best is not null && best.Value.Rank <= rank)
                {
                    break;
                }

                var popular = _popular.Text((uint)rank);
                if (LookAlikes.Compare(name, popular, rank) is { } how)
                {
                    best = (rank, popular, how);
                }
            }
        }

        return best is { } found ? (found.Popular, found.How) : null;
    }

    private ulong Entry(int at) => BinaryPrimitives.ReadUInt64LittleEndian(_keys[(at * Key)..]);

    /// <summary>The place of the first entry that is not below this one.</summary>
    private int FindKey(ulong first)
    {
        var (low, high) = (0, _keys.Length / Key);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Entry(middle) < first ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
