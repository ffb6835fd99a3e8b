using OssRuntime.Inventory.Extractors;

namespace OssRuntime.Inventory.Merging;

/// <summary>
/// Which OS package installed a file. Package databases name paths as they were before the distribution merged <c>/lib</c> into
/// <c>/usr/lib</c>, so both sides go through the links in the root directory.
/// </summary>
internal sealed class FileOwners
{
    private readonly IReadOnlyDictionary<string, string> _rootLinks;
    private readonly Dictionary<string, OwnedFiles> _owners = new(StringComparer.Ordinal);

    /// <summary>Finds the owners of the paths that matter.</summary>
    /// <param name="lists">What the package databases of the finished image say.</param>
    /// <param name="paths">The paths that will be asked for.</param>
    /// <param name="rootLinks">Symbolic links in the root directory.</param>
    public FileOwners(IEnumerable<OwnedFiles> lists, IEnumerable<string> paths, IReadOnlyDictionary<string, string> rootLinks)
    {
        _rootLinks = rootLinks;
        var wanted = new HashSet<string>(paths.Select(Real), StringComparer.Ordinal);
        if (wanted.Count == 0)
        {
            return;
        }

        foreach (var list in lists)
        {
            foreach (var path in list.Paths)
            {
                var real = Real(path);
                if (wanted.Contains(real))
                {
                    _owners.TryAdd(real, list);
                }
            }
        }
    }

    /// <summary>The package that installed the file, or null.</summary>
    public OwnedFiles? OwnerOf(string path) => _owners.GetValueOrDefault(Real(path));

    private string Real(string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && _rootLinks.TryGetValue(path[..slash], out var target) ? $"{target}{path[slash..]}" : path;
    }
}
