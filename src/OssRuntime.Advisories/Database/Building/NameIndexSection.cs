using System.Buffers.Binary;
using System.Text;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Identifiers;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>
/// Writes which names exist: for each ecosystem its name, whether the list has all names, and the lengths of three tables that follow: the known
/// names as hashes of six bytes, in order; the popular names by rank; the keys under which popular names are found, each with a rank, in order.
/// </summary>
internal static class NameIndexSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(DatabaseFileWriter file, IReadOnlyDictionary<string, CollectedNames> names)
    {
        var head = new ByteWriter();
        var tables = new List<ByteWriter>();
        head.UInt32((uint)names.Count);
        foreach (var (ecosystem, collected) in names.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var popular = collected.MostPopular();
            ByteWriter[] own = [Known(collected), StringTable.Write([.. popular.Select(name => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(name))]), Keys(popular)];
            head.Text(ecosystem);
            head.Byte((byte)(collected.Complete ? 1 : 0));
            foreach (var table in own)
            {
                head.UInt32((uint)table.Length);
            }

            tables.AddRange(own);
        }

        file.Begin(DatabaseFormat.Names);
        file.Append(head.Written);
        foreach (var table in tables)
        {
            file.Append(table.Written);
        }

        file.End();
    }

    private static ByteWriter Known(CollectedNames names)
    {
        var table = new ByteWriter(1 << 16);
        Span<byte> bytes = stackalloc byte[8];
        foreach (var hash in names.Known)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes, hash);
            table.Bytes(bytes[2..]);
        }

        return table;
    }

    /// <summary>Forty bits of the key's hash, twenty-four of the rank. Every popular name is found by its name, the targets of imitation by every key.</summary>
    private static ByteWriter Keys(List<string> popular)
    {
        var keys = new SortedSet<ulong>();
        for (var rank = 0; rank < popular.Count; rank++)
        {
            keys.Add(NameKeys.Entry("n" + popular[rank], rank));
            foreach (var key in rank < LookAlikes.Targets ? LookAlikes.Keys(popular[rank]) : [])
            {
                keys.Add(NameKeys.Entry(key, rank));
            }
        }

        var table = new ByteWriter(keys.Count * 8);
        foreach (var key in keys)
        {
            table.UInt64(key);
        }

        return table;
    }
}
