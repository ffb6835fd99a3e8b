using System.Collections.Immutable;
using OssRuntime.Advisories.Feeds;

namespace OssRuntime.Advisories.Adoption;

/// <summary>
/// What each source was last read from: copies of the feeds' files in a folder of their own, so that a source that suddenly loses records can go on with what it had. Files that
/// did not change are not copied again.
/// </summary>
internal sealed class KeptSources(string folder, IEnumerable<IFeed> feeds)
{
    /// <summary>The roots again, with some sources read from the copies; null where there is no copy of one of them.</summary>
    public ImmutableArray<FeedRoot>? Instead(IReadOnlyList<FeedRoot> roots, IReadOnlyList<string> sources)
    {
        var kept = Kept().Select(path => new FeedRoot(path)).ToList();
        var parts = new List<string>();
        foreach (var source in sources)
        {
            var found = kept.SelectMany(root => PartsOf(root, source)).Distinct(StringComparer.Ordinal).ToList();
            if (found.Count == 0)
            {
                return null;
            }

            parts.AddRange(found);
        }

        return [.. roots.Select(root => root with { Hidden = [.. parts] }), .. kept.Select(root => root with { Only = [.. parts] })];
    }

    /// <summary>Keeps what was read, but for the sources that were read from the copies.</summary>
    public void Keep(IReadOnlyList<FeedRoot> roots, IReadOnlyList<string> held)
    {
        Directory.CreateDirectory(folder);
        var parts = Kept().Select(path => new FeedRoot(path)).SelectMany(root => held.SelectMany(source => PartsOf(root, source))).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < roots.Count; i++)
        {
            var target = Path.Combine(folder, $"{i}");
            var wanted = new HashSet<string>(StringComparer.Ordinal);
            foreach (var path in FilesOf(roots[i].Directory).Where(path => !IsIn(path, parts)))
            {
                wanted.Add(path);
                Keep(Path.Combine(roots[i].Directory, path), Path.Combine(target, path));
            }

            Forget(target, path => !wanted.Contains(path) && !IsIn(path, parts));
        }

        foreach (var surplus in Kept().Skip(roots.Count))
        {
            Forget(surplus, path => !IsIn(path, parts));
        }
    }

    private static bool IsIn(string path, IEnumerable<string> parts) => parts.Any(part => (path + "/").StartsWith(part, StringComparison.Ordinal));

    private IEnumerable<string> Kept() =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).OrderBy(path => Path.GetFileName(path).Length).ThenBy(path => path, StringComparer.Ordinal) : [];

    /// <summary>Where a source's files are: a folder of its name, files of its name, else all that its feed has.</summary>
    private IEnumerable<string> PartsOf(FeedRoot root, string source)
    {
        if (Directory.Exists(root.At(source.Split('/'))))
        {
            return [source + "/"];
        }

        if (source.LastIndexOf('/') is > 0 and var slash && root.Files(source[..slash].Split('/')).Any(file => file.StartsWith(source[(slash + 1)..] + ".", StringComparison.Ordinal)))
        {
            return [source + "."];
        }

        return feeds.Where(feed => (source == feed.Name || source.StartsWith(feed.Name + "/", StringComparison.Ordinal) || feed.Folder.EndsWith("/" + source, StringComparison.Ordinal))
            && Directory.Exists(root.At(feed.Folder.Split('/')))).Select(feed => feed.Folder + "/");
    }

    private IEnumerable<string> FilesOf(string root) => feeds.Select(feed => feed.Folder).Distinct(StringComparer.Ordinal)
        .Select(name => Path.Combine(root, name)).Where(Directory.Exists)
        .SelectMany(path => Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(root, path)).Where(path => Path.GetExtension(path) is not ".fetching").Distinct(StringComparer.Ordinal);

    private static void Keep(string source, string target)
    {
        var (from, to) = (new FileInfo(source), new FileInfo(target));
        if (to.Exists && to.Length == from.Length && to.LastWriteTimeUtc == from.LastWriteTimeUtc)
        {
            return;
        }

        Directory.CreateDirectory(to.DirectoryName!);
        var copy = target + ".part";
        File.Copy(source, copy, overwrite: true);
        File.SetLastWriteTimeUtc(copy, from.LastWriteTimeUtc);
        File.Move(copy, target, overwrite: true);
    }

    private static void Forget(string root, Func<string, bool> unwanted)
    {
        foreach (var path in Directory.Exists(root) ? Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).ToList() : [])
        {
            if (unwanted(Path.GetRelativePath(root, path)))
            {
                File.Delete(path);
            }
        }
    }
}
