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
    private ushort[] _ceilings = [];

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
        var rows = new ByteWriter((int)Math.Min(int.MaxValue, data.Statements.Length + (_rows.Length * (RowHead.Size + 2L)) + (_order.Length * 32L)));
        var index = new (ulong Hash, uint Start)[_order.Length];
        for (var i = 0; i < _order.Length; i++)
        {
            var package = _order[i];
            var (ecosystem, name) = KeyOf(package);
            index[i] = (XxHash3.HashToUInt64(name.Span, numbers[ecosystem]), (uint)rows.Length);
            rows.UInt16(numbers[ecosystem]);
            rows.UInt32((uint)(_starts[package + 1] - _starts[package]));
            rows.UInt16((ushort)name.Length);
            rows.Bytes(name.Span);
            WriteRows(rows, package);
        }

        file.Add(DatabaseFormat.Packages, WriteIndex(index).Written);
        file.Add(DatabaseFormat.Rows, rows.Written);
        file.Add(DatabaseFormat.Ecosystems, WriteEcosystems(numbers).Written);
    }

    private (ushort Ecosystem, ReadOnlyMemory<byte> Name) KeyOf(int package)
    {
        var key = data.Packages.Memory(package);
        return (BinaryPrimitives.ReadUInt16LittleEndian(key.Span), key[2..]);
    }

    /// <summary>
    /// Rows of living advisories by package, from the highest ceiling to the lowest and then in the order of the advisories; packages in the order of
    /// ecosystem and name.
    /// </summary>
    private void GroupRows()
    {
        _ceilings = [.. data.Rows.Select(row => row.Flags.HasFlag(RowFlags.Incomparable) ? RowHead.NoCeiling : RowCeiling.Of(data.Statements.Written.Slice(row.Offset, row.Length)))];
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
            Array.Sort(_rows, from, to - from, Comparer<int>.Create(CompareRows));
        }

        order.Sort(ComparePackages);
        _order = [.. order];
    }

    private int CompareRows(int left, int right)
    {
        var order = _ceilings[right].CompareTo(_ceilings[left]);
        order = order != 0 ? order : plan.AdvisoryRank[data.Rows[left].Advisory].CompareTo(plan.AdvisoryRank[data.Rows[right].Advisory]);
        return order != 0 ? order : left.CompareTo(right);
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

    /// <summary>The heads of a package's rows, and then their statements, each with its length before it.</summary>
    private void WriteRows(ByteWriter target, int package)
    {
        var rows = _rows.AsSpan(_starts[package].._starts[package + 1]);
        foreach (var number in rows)
        {
            var row = data.Rows[number];
            new RowHead((uint)plan.AdvisoryRank[row.Advisory], _ceilings[number], row.Flags).Write(target);
        }

        foreach (var number in rows)
        {
            var row = data.Rows[number];
            target.Varint((uint)row.Length);
            target.Bytes(data.Statements.Written.Slice(row.Offset, row.Length));
        }
    }

    /// <summary>
    /// Open addressing with linear probing, at most three quarters full: count, slots, then for each slot the upper half of the hash and where the package
    /// begins, plus one.
    /// </summary>
    private static ByteWriter WriteIndex((ulong Hash, uint Start)[] packages)
    {
        var slots = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(packages.Length * 4L / 3, 1) + 1);
        var table = new ulong[slots];
        foreach (var (hash, start) in packages)
        {
            var slot = (int)(hash & (uint)(slots - 1));
            while (table[slot] != 0)
            {
                slot = (slot + 1) & (slots - 1);
            }

            table[slot] = (hash >> 32 << 32) | (start + 1);
        }

        var index = new ByteWriter(8 + (slots * DatabaseFormat.Slot));
        index.UInt32((uint)packages.Length);
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
