namespace OssRuntime.Inventory.Layers;

/// <summary>Directories of package databases that are links, with what they lead to: the files behind them have names that no extractor looks for.</summary>
internal sealed class DirectoryLinks
{
    private const int Most = 32;

    private readonly List<(string Link, string Target)> _links = [];

    /// <summary>True where there are none.</summary>
    public bool IsEmpty => _links.Count == 0;

    /// <summary>Where they lead to, each once.</summary>
    public IEnumerable<string> Targets => _links.Select(link => link.Target).Distinct(StringComparer.Ordinal);

    /// <summary>Remembers a link, if it leads out of itself.</summary>
    public void Add(string link, string target)
    {
        if (_links.Count < Most && target.Length > 0 && !$"{target}/".StartsWith($"{link}/", StringComparison.Ordinal) && !$"{link}/".StartsWith($"{target}/", StringComparison.Ordinal))
        {
            _links.Add((link, target));
        }
    }

    /// <summary>The names that a file has through the links, as far as they are of a package database.</summary>
    public IEnumerable<string> NamesOf(string path)
    {
        foreach (var (link, target) in _links)
        {
            if (path.Length > target.Length + 1 && path[target.Length] == '/' && path.StartsWith(target, StringComparison.Ordinal) && $"{link}{path[target.Length..]}" is var name
                && PackageDatabases.Contains(name))
            {
                yield return name;
            }
        }
    }
}
