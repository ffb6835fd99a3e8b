namespace OssRuntime.Advisories.Database.Building;

/// <summary>
/// Which ids are names of one flaw: a union of all pairs that advisories state under <c>aliases</c>. Cycles and repetitions change nothing.
/// What an advisory states under <c>upstream</c> joins nothing: an erratum that fixes five flaws does not make them one.
/// </summary>
internal sealed class AliasGroups
{
    /// <summary>The largest known real groups have two dozen ids; one of this size joins flaws that are not one.</summary>
    public const int Largest = 256;

    private readonly int[] _parents;
    private readonly int[] _sizes;

    /// <summary>Groups over so many ids, each its own at first.</summary>
    public AliasGroups(int ids)
    {
        _parents = new int[ids];
        _sizes = new int[ids];
        for (var id = 0; id < ids; id++)
        {
            _parents[id] = id;
            _sizes[id] = 1;
        }
    }

    /// <summary>Says that two ids are one flaw.</summary>
    public void Join(int left, int right)
    {
        var (large, small) = (Root(left), Root(right));
        if (large == small)
        {
            return;
        }

        if (_sizes[large] < _sizes[small])
        {
            (large, small) = (small, large);
        }

        _parents[small] = large;
        _sizes[large] += _sizes[small];
    }

    /// <summary>The id that stands for an id's group; an id of a group that is too large stands for itself.</summary>
    public int Group(int id) => IsTooLarge(id) ? id : Root(id);

    /// <summary>True for an id of a group that was refused.</summary>
    public bool IsTooLarge(int id) => _sizes[Root(id)] > Largest;

    /// <summary>The ids in an id's group before any refusal.</summary>
    public int Size(int id) => _sizes[Root(id)];

    /// <summary>The id that stands for an id's group before any refusal.</summary>
    public int Root(int id)
    {
        while (_parents[id] != id)
        {
            _parents[id] = _parents[_parents[id]];
            id = _parents[id];
        }

        return id;
    }
}
