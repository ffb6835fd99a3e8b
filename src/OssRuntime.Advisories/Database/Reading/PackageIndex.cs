using System.Buffers.Binary;
using System.IO.Hashing;
using OssRuntime.Advisories.Database.Format;

namespace OssRuntime.Advisories.Database.Reading;

/// <summary>
/// Finds a package by ecosystem and canonical name: one hash, about one and a half probes, one comparison. A slot leads straight to the place where the name
/// and the rows stand together: a lookup waits for memory twice, once for the slot and once for the package.
/// </summary>
internal readonly ref struct PackageIndex
{
    private readonly ReadOnlySpan<byte> _slots;
    private readonly ReadOnlySpan<byte> _rows;

    public PackageIndex(ReadOnlySpan<byte> index, ReadOnlySpan<byte> rows)
    {
        var reader = new ByteReader(index);
        var packages = reader.UInt32();
        var slots = reader.UInt32();
        if (slots == 0 || (slots & (slots - 1)) != 0 || slots > index.Length / DatabaseFormat.Slot || packages >= slots)
        {
            throw ByteReader.Damaged();
        }

        _slots = reader.Bytes(slots * DatabaseFormat.Slot);
        _rows = rows;
    }

    /// <summary>A package's rows; false where it has none.</summary>
    public bool TryFind(ushort ecosystem, scoped ReadOnlySpan<byte> name, out RowCursor rows)
    {
        var hash = XxHash3.HashToUInt64(name, ecosystem);
        var mask = (_slots.Length / DatabaseFormat.Slot) - 1;
        var slot = (int)(hash & (uint)mask);
        for (var probes = 0; probes <= mask; probes++, slot = (slot + 1) & mask)
        {
            var entry = BinaryPrimitives.ReadUInt64LittleEndian(_slots[(slot * DatabaseFormat.Slot)..]);
            if (entry == 0)
            {
                rows = default;
                return false;
            }

            if (entry >> 32 == hash >> 32 && Matches((uint)entry - 1, ecosystem, name, out rows))
            {
                return true;
            }
        }

        throw ByteReader.Damaged();
    }

    /// <summary>A package's head, as <c>PackageSections</c> wrote it: ecosystem, count of rows, length of the name, name.</summary>
    private bool Matches(uint start, ushort ecosystem, scoped ReadOnlySpan<byte> name, out RowCursor rows)
    {
        if (start > (uint)_rows.Length)
        {
            throw ByteReader.Damaged();
        }

        var package = new ByteReader(_rows[(int)start..]);
        var (of, count) = (package.UInt16(), package.UInt32());
        if (of != ecosystem || !package.Bytes(package.UInt16()).SequenceEqual(name))
        {
            rows = default;
            return false;
        }

        rows = new RowCursor(package, count);
        return true;
    }
}
