using System.Runtime.InteropServices;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Advisories;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>
/// Everything that is decided between reading and writing: which advisories live, in which order they and their ids stand in the file, which
/// ids are one flaw, which flaws an advisory speaks of, which malware rows are held back. The order depends on content alone.
/// </summary>
internal sealed class GenerationPlan
{
    private readonly AdvisoryCollector _data;
    private readonly AliasGroups _groups;
    private readonly AliasLabels _labels;
    private readonly HashSet<int> _explained = [];

    public GenerationPlan(AdvisoryCollector data)
    {
        _data = data;
        (_labels, _groups) = JoinAliases();
        IdOrder = SortIds();
        IdRank = Ranks(IdOrder);
        AdvisoryOrder = SortAdvisories();
        AdvisoryRank = Ranks(AdvisoryOrder, data.Advisories.Count);
        HasRows = MarkRows();
        (FlawOfId, FlawCount) = NumberFlaws();
        HeldBack = HoldBack();
    }

    /// <summary>Numbers of ids in the order of their bytes.</summary>
    public int[] IdOrder { get; }

    /// <summary>The place of each id in that order.</summary>
    public int[] IdRank { get; }

    /// <summary>Numbers of the advisories that live, in the order of id and source.</summary>
    public int[] AdvisoryOrder { get; }

    /// <summary>The place of each advisory in that order, or -1.</summary>
    public int[] AdvisoryRank { get; }

    /// <summary>By place: true for an advisory that says something about a package, and does not only add to what others say.</summary>
    public bool[] HasRows { get; }

    /// <summary>The flaw of each id, numbered in the order of their first ids; -1 for the id of an erratum, which speaks of other flaws only.</summary>
    public int[] FlawOfId { get; }

    /// <summary>How many flaws there are.</summary>
    public int FlawCount { get; }

    /// <summary>Malware rows that are held back, as "id: ecosystem/package".</summary>
    public List<string> HeldBack { get; }

    /// <summary>Groups of aliases that were taken apart again.</summary>
    public List<string> RefusedGroups { get; } = [];

    /// <summary>
    /// The flaws that an advisory speaks of: those of its upstream ids where it has such, and its own where it has aliases or nothing upstream.
    /// An upstream id that no record explains, beside a CVE, is taken for another name of it and not for a flaw.
    /// </summary>
    public int[] FlawsOf(CollectedAdvisory advisory)
    {
        var facts = new FactsReader(_data, advisory.Facts);
        if (SpeaksOfSeveral(advisory.Id, facts))
        {
            return [.. facts.Aliases.Where(alias => _labels[alias] >= 0).Concat(facts.Upstream).Select(id => FlawOfId[id]).Distinct().Order()];
        }

        if (facts.Upstream.Length == 0)
        {
            return [FlawOfId[advisory.Id]];
        }

        var flaws = new SortedSet<int>();
        var hasCve = Array.Exists(facts.Upstream, id => AdvisoryIds.IsCve(_data.Ids[id]));
        foreach (var id in facts.Upstream)
        {
            if (!hasCve || AdvisoryIds.IsCve(_data.Ids[id]) || _explained.Contains(_groups.Group(id)))
            {
                flaws.Add(FlawOfId[id]);
            }
        }

        if (facts.Aliases.Length > 0)
        {
            flaws.Add(FlawOfId[advisory.Id]);
        }

        return [.. flaws];
    }

    /// <summary>True for an advisory that lies between several CVEs and names some of them; one that names more than any real one does is not believed.</summary>
    private bool SpeaksOfSeveral(int id, FactsReader facts) =>
        _labels[id] == AliasLabels.Several && facts.Aliases.Length <= AliasGroups.Largest && Array.Exists(facts.Aliases, alias => _labels[alias] >= 0);

    private (AliasLabels Labels, AliasGroups Groups) JoinAliases()
    {
        var pairs = new List<(int Left, int Right)>();
        foreach (ref readonly var advisory in CollectionsMarshal.AsSpan(_data.Advisories))
        {
            if (advisory.Replaced || advisory.Withdrawn)
            {
                continue;
            }

            foreach (var alias in new FactsReader(_data, advisory.Facts).Aliases)
            {
                pairs.Add((advisory.Id, alias));
            }
        }

        var labels = new AliasLabels(_data.Ids, pairs);
        var groups = new AliasGroups(_data.Ids.Count);
        foreach (var (left, right) in pairs)
        {
            if (labels.AreOne(left, right))
            {
                groups.Join(left, right);
            }
        }

        foreach (ref readonly var advisory in CollectionsMarshal.AsSpan(_data.Advisories))
        {
            if (advisory is { Replaced: false, Withdrawn: false })
            {
                _explained.Add(groups.Group(advisory.Id));
            }
        }

        return (labels, groups);
    }

    private int[] SortIds()
    {
        var order = new int[_data.Ids.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (left, right) => _data.Ids[left].SequenceCompareTo(_data.Ids[right]));
        return order;
    }

    private int[] SortAdvisories()
    {
        var order = new List<int>(_data.Advisories.Count);
        for (var i = 0; i < _data.Advisories.Count; i++)
        {
            if (!_data.Advisories[i].Replaced)
            {
                order.Add(i);
            }
        }

        order.Sort((left, right) =>
        {
            var (l, r) = (_data.Advisories[left], _data.Advisories[right]);
            var byId = IdRank[l.Id].CompareTo(IdRank[r.Id]);
            return byId != 0 ? byId : l.Source != r.Source ? l.Source.CompareTo(r.Source) : left.CompareTo(right);
        });
        return [.. order];
    }

    private static int[] Ranks(int[] order, int count = -1)
    {
        var ranks = new int[count < 0 ? order.Length : count];
        Array.Fill(ranks, -1);
        for (var i = 0; i < order.Length; i++)
        {
            ranks[order[i]] = i;
        }

        return ranks;
    }

    private bool[] MarkRows()
    {
        var marked = new bool[AdvisoryOrder.Length];
        foreach (ref readonly var row in CollectionsMarshal.AsSpan(_data.Rows))
        {
            if (AdvisoryRank[row.Advisory] is >= 0 and var rank)
            {
                marked[rank] = true;
            }
        }

        return marked;
    }

    private (int[] FlawOfId, int Count) NumberFlaws()
    {
        var flawOfGroup = new int[_data.Ids.Count];
        var flawOfId = new int[_data.Ids.Count];
        var refused = new HashSet<int>();
        Array.Fill(flawOfGroup, -1);
        Array.Fill(flawOfId, -1);
        var named = NamedIds();
        var count = 0;
        foreach (var id in IdOrder)
        {
            if (!named[id])
            {
                continue;
            }

            var group = _groups.Group(id);
            if (flawOfGroup[group] < 0)
            {
                flawOfGroup[group] = count++;
            }

            flawOfId[id] = flawOfGroup[group];
            if (_groups.IsTooLarge(id) && refused.Add(_groups.Root(id)))
            {
                RefusedGroups.Add($"{_data.Ids.Text(id)} and {_groups.Size(id) - 1} others");
            }
        }

        return (flawOfId, count);
    }

    /// <summary>Ids that name a flaw: all but those of advisories that have upstream flaws and no aliases of their own.</summary>
    private bool[] NamedIds()
    {
        var named = new bool[_data.Ids.Count];
        foreach (ref readonly var advisory in CollectionsMarshal.AsSpan(_data.Advisories))
        {
            if (advisory.Replaced)
            {
                continue;
            }

            var facts = new FactsReader(_data, advisory.Facts);
            if (facts.Aliases.Length > AliasGroups.Largest && _labels[advisory.Id] == AliasLabels.Several)
            {
                RefusedGroups.Add($"{_data.Ids.Text(advisory.Id)} and {facts.Aliases.Length} others");
            }

            named[advisory.Id] |= facts.Upstream.Length == 0 || facts.Aliases.Length > 0;
            foreach (var id in facts.Aliases.Concat(facts.Upstream))
            {
                named[id] = true;
            }
        }

        return named;
    }

    /// <summary>
    /// A malware row for all versions is held back where the package is among the most popular, or where legitimate releases of it are known:
    /// some advisory states an ordinary flaw of some of its versions, which nobody does for a package that is nothing but an attack. (A flaw of all versions proves nothing: that is how
    /// other databases write down malware.)
    /// </summary>
    private List<string> HoldBack()
    {
        var rows = CollectionsMarshal.AsSpan(_data.Rows);
        var legitimate = new HashSet<int>();
        foreach (ref readonly var row in rows)
        {
            var advisory = _data.Advisories[row.Advisory];
            if (advisory is { Replaced: false, Withdrawn: false, Kind: AdvisoryKind.Vulnerability } && !row.Flags.HasFlag(RowFlags.Wildcard))
            {
                legitimate.Add(row.Package);
            }
        }

        var popular = PopularPackages();
        var held = new List<string>();
        foreach (ref var row in rows)
        {
            var advisory = _data.Advisories[row.Advisory];
            if (advisory is { Replaced: false, Withdrawn: false, Kind: AdvisoryKind.Malware }
                && row.Flags.HasFlag(RowFlags.Wildcard) && (legitimate.Contains(row.Package) || popular.Contains(row.Package)))
            {
                row.Flags |= RowFlags.HeldBack;
                held.Add($"{_data.Ids.Text(advisory.Id)}: {_data.PackageText(row.Package)}");
            }
        }

        held.Sort(StringComparer.Ordinal);
        return held;
    }

    private HashSet<int> PopularPackages()
    {
        var packages = new HashSet<int>();
        foreach (var (ecosystem, names) in _data.Names)
        {
            foreach (var name in names.MostPopular())
            {
                if (_data.FindPackage(ecosystem, name) is >= 0 and var package)
                {
                    packages.Add(package);
                }
            }
        }

        return packages;
    }
}
