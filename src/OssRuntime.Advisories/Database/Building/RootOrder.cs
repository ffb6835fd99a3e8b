using System.IO.Hashing;
using System.Runtime.InteropServices;
using OssRuntime.Advisories.Feeds;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>The order in which several feed roots are read: by their content, so that neither their names nor the order in which they were named change the result.</summary>
internal static class RootOrder
{
    /// <summary>The roots in that order.</summary>
    public static IReadOnlyList<FeedRoot> Of(IReadOnlyList<FeedRoot> roots, IEnumerable<IFeed> feeds) =>
        roots.Count < 2 ? roots : [.. roots.OrderBy(root => Digest(root.Directory, feeds))];

    private static UInt128 Digest(string root, IEnumerable<IFeed> feeds)
    {
        var digest = new XxHash128();
        foreach (var folder in feeds.Select(feed => feed.Folder).Distinct(StringComparer.Ordinal).Select(name => Path.Combine(root, name)).Where(Directory.Exists))
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                digest.Append(MemoryMarshal.AsBytes(Path.GetRelativePath(root, path).AsSpan()));
                using var file = File.OpenRead(path);
                digest.Append(file);
            }
        }

        return digest.GetCurrentHashAsUInt128();
    }
}
