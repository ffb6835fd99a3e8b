using OssRuntime.Inventory.Extractors;

namespace OssRuntime.Inventory.Merging;

/// <summary>Which packages of dpkg have a copyright file in the list of their files, as every package of Debian's has (Debian policy, 12.5).</summary>
internal sealed class CopyrightFiles(IEnumerable<OwnedFiles> lists)
{
    private readonly Lazy<ILookup<string, OwnedFiles>> _lists = new(() => lists.ToLookup(list => list.Package, StringComparer.Ordinal));

    /// <summary>Whether the package has one; null where nothing tells its files.</summary>
    public bool? Of(string package)
    {
        if (!_lists.Value.Contains(package))
        {
            return null;
        }

        foreach (var list in _lists.Value[package])
        {
            foreach (var path in list.Paths)
            {
                if (path.StartsWith("usr/share/doc/", StringComparison.Ordinal) && path.EndsWith("/copyright", StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
