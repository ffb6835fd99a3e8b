using OssRuntime.Inventory.Extractors;

namespace OssRuntime.Inventory.Merging;

/// <summary>
/// Which OS package installed a file. Package databases name paths as they were before the distribution merged <c>/lib</c> into
/// <c>/usr/lib</c>, so both sides go through the links in the root directory.
/// </summary>
internal sealed class FileOwners
{
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _rootLinks;
    private readonly Dictionary<string, OwnedFiles> _owners = new(StringComparer.Ordinal);

    /// <summary>Finds the owners of the paths that matter.</summary>
    /// <param name="lists">What the package databases of the finished image say.</param>
    /// <param name="paths">The paths that will be asked for.</param>
    /// <param name="rootLinks">Symbolic links in the root directory.</param>
    public FileOwners(IEnumerable<OwnedFiles> lists, IEnumerable<string> paths, Dictionary<string, string> rootLinks)
    {
        _rootLinks = rootLinks.GetAlternateLookup<ReadOnlySpan<char>>();
        var wanted = new HashSet<string>(paths.Select(RealText), StringComparer.Ordinal);
        if (wanted.Count == 0)
        {
            return;
        }

        var lookup = wanted.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var list in lists)
        {
            foreach (var path in list.Paths)
            {
                if (lookup.TryGetValue(Real(path), out var real))
                {
                    _owners.TryAdd(real, list);
                }
            }
        }
    }

    /// <summary>The package that installed the file, or null.</summary>
    public OwnedFiles? OwnerOf(string path) => _owners.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(Real(path), out var owner) ? owner : null;

    private string RealText(string path)
    {
        var real = Real(path);
        return real.SequenceEqual(path) ? path : real.ToString();
    }

    private ReadOnlySpan<char> Real(ReadOnlySpan<char> path)
    {
        var slash = path.IndexOf('/');
        return slash > 0 && _rootLinks.TryGetValue(path[..slash], out var target) ? $"{target}{path[slash..]}" : path;
    }
}
