using OssRuntime.Advisories.Identifiers;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>
/// Which CVE each id is a name of. Two CVEs are two flaws, unless a record of one of them says that the other is the same: a name that two of them share, or a chain of names
/// between them, does not make them one. An id belongs to the CVE that is nearest to it; one that is as near to two belongs to neither, and speaks of both.
/// </summary>
internal sealed class AliasLabels
{
    /// <summary>An id without a CVE near it.</summary>
    public const int None = -1;

    /// <summary>An id as near to several CVEs.</summary>
    public const int Several = -2;

    private readonly int[] _labels;

    /// <summary>Labels for ids that are joined by pairs.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="pairs">Which ids are said to be one flaw.</param>
    public AliasLabels(Interner ids, List<(int Left, int Right)> pairs)
    {
        _labels = new int[ids.Count];
        Array.Fill(_labels, None);
        var same = new AliasGroups(ids.Count);
        var level = new HashSet<int>();
        foreach (var (left, right) in pairs)
        {
            var (isLeft, isRight) = (AdvisoryIds.IsCve(ids[left]), AdvisoryIds.IsCve(ids[right]));
            if (isLeft && isRight)
            {
                same.Join(left, right);
            }

            level.UnionWith(isLeft ? [left] : []);
            level.UnionWith(isRight ? [right] : []);
        }

        foreach (var cve in level)
        {
            _labels[cve] = same.Root(cve);
        }

        Spread(level, pairs);
    }

    /// <summary>The label of an id: the number of a CVE, <see cref="None"/> or <see cref="Several"/>.</summary>
    public int this[int id] => _labels[id];

    /// <summary>True where a pair is of one flaw: both belong to one CVE, or neither to any.</summary>
    public bool AreOne(int left, int right) => _labels[left] == _labels[right] || (_labels[left] < 0 && _labels[right] < 0);

    /// <summary>Goes from the CVEs outwards, one pair at a step, so that no order of the pairs changes what is nearest.</summary>
    private void Spread(HashSet<int> level, List<(int Left, int Right)> pairs)
    {
        var open = pairs;
        while (level.Count > 0)
        {
            var next = new Dictionary<int, int>();
            var left = new List<(int, int)>();
            foreach (var pair in open)
            {
                if (_labels[pair.Left] != None && _labels[pair.Right] != None)
                {
                    continue;
                }

                left.Add(pair);
                Reach(pair.Left, pair.Right, level, next);
                Reach(pair.Right, pair.Left, level, next);
            }

            level = [];
            foreach (var (id, label) in next)
            {
                _labels[id] = label;
                if (label != Several)
                {
                    level.Add(id);
                }
            }

            open = left;
        }
    }

    private void Reach(int from, int to, HashSet<int> level, Dictionary<int, int> next)
    {
        if (_labels[to] == None && level.Contains(from))
        {
            next[to] = next.TryGetValue(to, out var other) && other != _labels[from] ? Several : _labels[from];
        }
    }
}
