using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics;
using OssRuntime.Advisories.Database.Format;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>Writes the packages with their hash index, their rows, and the list of ecosystems.</summary>
internal sealed class PackageSections(AdvisoryCollector data, GenerationPlan plan)
{
    private int[] _starts = [];
    private int[] _rows = [];
    private int[] _order = [];

    /// <summary>Ecosystems with counts, in the order of the names.</summary>
    public List<EcosystemInfo> Ecosystems { get; } = [];

    /// <summary>Packages written.</summary>
    public int Packages => _order.Length;

    /// <summary>Rows written.</summary>
    public int Rows => _rows.Length;

    /// <summary>Writes them.</summary>
    public void Write(DatabaseFileWriter file)
    {
        GroupRows();
        var numbers = NumberEcosystems();
        var rows = new ByteWriter((int)Math.Min(int.MaxValue, data.Statements.Length + (_rows.Length * 6L)));
        var records = new ByteWriter(_order.Length * DatabaseFormat.PackageRecord);
        var names = new ByteWriter(_order.Length * 16);
        var hashes = new ulong[_order.Length];
        for (var i = 0; i < _order.Length; i++)
        {
            var package = _order[i];
            var (ecosystem, key) = KeyOf(package);
            var name = key.Span;
            hashes[i] = XxHash3.HashToUInt64(name, numbers[ecosystem]);
            records.UInt32((uint)names.Length);
            records.UInt16((ushort)name.Length);
            records.UInt16(numbers[ecosystem]);
            records.UInt32((uint)rows.Length);
            records.UInt32((uint)(_starts[package + 1] - _starts[package]));
            names.Bytes(name);
            WriteRows(rows, package);
        }

        file.Begin(DatabaseFormat.Packages);
        file.Append(WriteIndex(hashes).Written);
        file.Append(records.Written);
        file.Append(names.Written);
        file.End();
        file.Add(DatabaseFormat.Rows, rows.Written);
        file.Add(DatabaseFormat.Ecosystems, WriteEcosystems(numbers).Written);
    }

    private (ushort Ecosystem, ReadOnlyMemory<byte> Name) KeyOf(int package)
    {
        var key = data.Packages.Memory(package);
        return (BinaryPrimitives.ReadUInt16LittleEndian(key.Span), key[2..]);
    }

    /// <summary>Rows of living advisories by package, in the order of the advisories; packages in the order of ecosystem and name.</summary>
    private void GroupRows()
    {
        _starts = new int[data.Packages.Count + 1];
        foreach (var row in data.Rows)
        {
            _starts[row.Package + 1] += plan.AdvisoryRank[row.Advisory] >= 0 ? 1 : 0;
        }

        for (var package = 0; package < data.Packages.Count; package++)
        {
            _starts[package + 1] += _starts[package];
        }

        var next = _starts.AsSpan(0, data.Packages.Count).ToArray();
        _rows = new int[_starts[^1]];
        for (var i = 0; i < data.Rows.Count; i++)
        {
            if (plan.AdvisoryRank[data.Rows[i].Advisory] >= 0)
            {
                _rows[next[data.Rows[i].Package]++] = i;
            }
        }

        var order = new List<int>();
        for (var package = 0; package < data.Packages.Count; package++)
        {
            var (from, to) = (_starts[package], _starts[package + 1]);
            if (from == to)
            {
                continue;
            }

            order.Add(package);
            Array.Sort(_rows, from, to - from, Comparer<int>.Create((left, right) =>
            {
                var byAdvisory = plan.AdvisoryRank[data.Rows[left].Advisory].CompareTo(plan.AdvisoryRank[data.Rows[right].Advisory]);
                return byAdvisory != 0 ? byAdvisory : left.CompareTo(right);
            }));
        }

        order.Sort(ComparePackages);
        _order = [.. order];
    }

    private int ComparePackages(int left, int right)
    {
        var (leftEcosystem, leftName) = KeyOf(left);
        var (rightEcosystem, rightName) = KeyOf(right);
        var byEcosystem = data.Ecosystems[leftEcosystem].SequenceCompareTo(data.Ecosystems[rightEcosystem]);
        return byEcosystem != 0 ? byEcosystem : leftName.Span.SequenceCompareTo(rightName.Span);
    }

    /// <summary>Ecosystems that have rows, numbered in the order of the names.</summary>
    private Dictionary<ushort, ushort> NumberEcosystems()
    {
        var numbers = new Dictionary<ushort, ushort>();
        foreach (var package in _order)
        {
            var (ecosystem, _) = KeyOf(package);
            var rows = _starts[package + 1] - _starts[package];
            if (numbers.TryAdd(ecosystem, (ushort)numbers.Count))
            {
                Ecosystems.Add(new EcosystemInfo(data.Ecosystems.Text(ecosystem), 0, 0));
            }

            Ecosystems[^1] = Ecosystems[^1] with { Packages = Ecosystems[^1].Packages + 1, Statements = Ecosystems[^1].Statements + rows };
        }

        return numbers;
    }

    /// <summary>A row: its length, the advisory, the flags, the statement.</summary>
    private void WriteRows(ByteWriter target, int package)
    {
        for (var i = _starts[package]; i < _starts[package + 1]; i++)
        {
            var row = data.Rows[_rows[i]];
            var advisory = (uint)plan.AdvisoryRank[row.Advisory];
            target.Varint((uint)(VarintLength(advisory) + 1 + row.Length));
            target.Varint(advisory);
            target.Byte((byte)row.Flags);
            target.Bytes(data.Statements.Written.Slice(row.Offset, row.Length));
        }
    }

    private static int VarintLength(uint value) => value == 0 ? 1 : (BitOperations.Log2(value) / 7) + 1;

    /// <summary>Open addressing with linear probing, at most three quarters full: count, slots, then a fingerprint and a number for each slot.</summary>
    private static ByteWriter WriteIndex(ulong[] hashes)
    {
        var slots = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(hashes.Length * 4L / 3, 1) + 1);
        var table = new ulong[slots];
        for (var i = 0; i < hashes.Length; i++)
        {
            var slot = (int)(hashes[i] & (uint)(slots - 1));
            while (table[slot] != 0)
            {
                slot = (slot + 1) & (slots - 1);
            }

            table[slot] = (hashes[i] >> 32 << 32) | (uint)(i + 1);
        }

        var index = new ByteWriter(8 + (slots * DatabaseFormat.Slot));
        index.UInt32((uint)hashes.Length);
        index.UInt32((uint)slots);
        foreach (var entry in table)
        {
            index.UInt64(entry);
        }

        return index;
    }

    private ByteWriter WriteEcosystems(Dictionary<ushort, ushort> numbers) =>
        StringTable.Write([.. numbers.OrderBy(pair => pair.Value).Select(pair => data.Ecosystems.Memory(pair.Key))]);
}
