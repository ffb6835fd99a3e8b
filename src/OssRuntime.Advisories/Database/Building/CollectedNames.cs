using OssRuntime.Advisories.Database.Format;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>The names of one ecosystem while the feeds are read: a hash of each, and the popular ones in full.</summary>
internal sealed class CollectedNames
{
    private const int Popular = 20_000;

    private readonly List<(long Popularity, string Name)> _rated = [];
    private readonly HashSet<ulong> _known = [];

    /// <summary>A list whose names nearly all have a popularity is one of popular names; one that has names without it has all there are.</summary>
    public bool Complete => _rated.Count < _known.Count * 0.9;

    /// <summary>The hashes of all names, in order.</summary>
    public IEnumerable<ulong> Known => _known.Order();

    /// <summary>Adds a name in its canonical spelling; false where it is there already.</summary>
    public bool Add(string name, long? popularity)
    {
        if (!_known.Add(NameHash.Of(name)))
        {
            return false;
        }

        if (popularity is { } number)
        {
            _rated.Add((number, name));
        }

        return true;
    }

    /// <summary>The most popular names, the most popular first.</summary>
    public List<string> MostPopular() =>
        [.. _rated.OrderByDescending(entry => entry.Popularity).ThenBy(entry => entry.Name, StringComparer.Ordinal).Take(Popular).Select(entry => entry.Name)];
}
