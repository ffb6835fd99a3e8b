using System.Runtime.InteropServices;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Advisories;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>Writes the sections of strings, of sources, of ids and of the flaws that ids name.</summary>
internal sealed class NamesSections(AdvisoryCollector data, GenerationPlan plan)
{
    /// <summary>CVEs of a catalogue of exploited ones that some advisory names.</summary>
    public int Exploited { get; private set; }

    /// <summary>Writes them.</summary>
    public void Write(DatabaseFileWriter file)
    {
        file.Add(DatabaseFormat.Strings, StringTable.Write([.. All(data.Strings)]).Written);
        file.Add(DatabaseFormat.Sources, StringTable.Write([.. All(data.Sources)]).Written);
        WriteIds(file);
        WriteFlaws(file);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> All(Interner strings)
    {
        for (var number = 0; number < strings.Count; number++)
        {
            yield return strings.Memory(number);
        }
    }

    private void WriteIds(DatabaseFileWriter file) => file.Add(
        DatabaseFormat.Ids,
        IdTable.Write(
            [.. plan.IdOrder.Select(id => data.Ids.Memory(id))],
            plan.IdOrder.Select(id => plan.FlawOfId[id] < 0 ? IdTable.NoFlaw : (uint)plan.FlawOfId[id])).Written);

    /// <summary>
    /// Of each flaw: whether it is exploited; its EPSS; its ids, the one to show first; the advisories that are about it and no other.
    /// </summary>
    private void WriteFlaws(DatabaseFileWriter file)
    {
        var (idStarts, ids) = GroupBy([.. plan.IdOrder.Where(id => plan.FlawOfId[id] >= 0)], id => plan.FlawOfId[id]);
        var (memberStarts, members) = Members(out var malware, out var speakers);
        var offsets = new ByteWriter(8 + (plan.FlawCount * 4));
        var records = new ByteWriter(plan.FlawCount * 12);
        offsets.UInt32((uint)plan.FlawCount);
        var exploited = data.Exploited.Select(cve => data.Ids.Find(System.Text.Encoding.UTF8.GetBytes(cve))).Where(id => id >= 0).ToHashSet();
        Exploited = exploited.Count;
        for (var flaw = 0; flaw < plan.FlawCount; flaw++)
        {
            offsets.UInt32((uint)records.Length);
            var names = ids[idStarts[flaw]..idStarts[flaw + 1]];
            WriteUrgency(records, names, exploited, speakers[flaw] > 1);
            WriteIdsOfFlaw(records, names, malware.Contains(flaw));
            records.Varint((uint)(memberStarts[flaw + 1] - memberStarts[flaw]));
            for (var i = memberStarts[flaw]; i < memberStarts[flaw + 1]; i++)
            {
                records.Varint((uint)members[i]);
            }
        }

        file.Begin(DatabaseFormat.Flaws);
        file.Append(offsets.Written);
        file.Append(records.Written);
        file.End();
    }

    private void WriteIdsOfFlaw(ByteWriter records, int[] names, bool malware)
    {
        var best = names.Order(Comparer<int>.Create((left, right) => Compare(left, right, malware))).First();
        records.Varint((uint)names.Length);
        records.Varint((uint)plan.IdRank[best]);
        foreach (var id in names.Where(id => id != best))
        {
            records.Varint((uint)plan.IdRank[id]);
        }
    }

    private int Compare(int left, int right, bool malware)
    {
        var byKind = AdvisoryIds.Rank(data.Ids[left], malware).CompareTo(AdvisoryIds.Rank(data.Ids[right], malware));
        return byKind != 0 ? byKind : plan.IdRank[left].CompareTo(plan.IdRank[right]);
    }

    private void WriteUrgency(ByteWriter records, int[] names, HashSet<int> exploited, bool several)
    {
        var flags = (Array.Exists(names, exploited.Contains) ? FlawFlags.Exploited : FlawFlags.None) | (several ? FlawFlags.Several : FlawFlags.None);
        flags |= Assessment(names);
        var epss = names.Max(id => data.Epss.TryGetValue(id, out var probability) ? probability : -1f);
        flags |= epss >= 0 ? FlawFlags.Epss : FlawFlags.None;
        records.Byte((byte)flags);
        if (epss >= 0)
        {
            records.UInt32(BitConverter.SingleToUInt32Bits(epss));
        }
    }

    private FlawFlags Assessment(int[] names)
    {
        foreach (var id in names)
        {
            if (data.Ssvc.TryGetValue(id, out var known))
            {
                return FlawFlags.Ssvc
                    | (known.Exploitation == ExploitationEvidence.Active ? FlawFlags.Active : FlawFlags.None)
                    | (known.Exploitation == ExploitationEvidence.ProofOfConcept ? FlawFlags.ProofOfConcept : FlawFlags.None)
                    | (known.Automatable ? FlawFlags.Automatable : FlawFlags.None)
                    | (known.TotalImpact ? FlawFlags.TotalImpact : FlawFlags.None);
            }
        }

        return FlawFlags.None;
    }

    private (int[] Starts, int[] Members) Members(out HashSet<int> malware, out int[] speakers)
    {
        malware = [];
        speakers = new int[plan.FlawCount];
        var pairs = new List<(int Flaw, int Advisory)>(plan.AdvisoryOrder.Length);
        for (var rank = 0; rank < plan.AdvisoryOrder.Length; rank++)
        {
            ref readonly var advisory = ref CollectionsMarshal.AsSpan(data.Advisories)[plan.AdvisoryOrder[rank]];
            var flaws = plan.FlawsOf(advisory);
            foreach (var flaw in plan.HasRows[rank] ? flaws : [])
            {
                speakers[flaw]++;
            }

            if (flaws.Length != 1)
            {
                continue;
            }

            pairs.Add((flaws[0], rank));
            if (advisory is { Kind: AdvisoryKind.Malware, Withdrawn: false })
            {
                malware.Add(flaws[0]);
            }
        }

        var (starts, sorted) = GroupBy([.. pairs], pair => pair.Flaw);
        return (starts, Array.ConvertAll(sorted, pair => pair.Advisory));
    }

    /// <summary>Items in the order of their flaw, otherwise as they were, and where each flaw's begin.</summary>
    private (int[] Starts, T[] Items) GroupBy<T>(T[] items, Func<T, int> flawOf)
    {
        var starts = new int[plan.FlawCount + 1];
        foreach (var item in items)
        {
            starts[flawOf(item) + 1]++;
        }

        for (var flaw = 0; flaw < plan.FlawCount; flaw++)
        {
            starts[flaw + 1] += starts[flaw];
        }

        var next = starts.AsSpan(0, plan.FlawCount).ToArray();
        var grouped = new T[items.Length];
        foreach (var item in items)
        {
            grouped[next[flawOf(item)]++] = item;
        }

        return (starts, grouped);
    }
}
