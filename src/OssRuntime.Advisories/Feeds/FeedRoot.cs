namespace OssRuntime.Advisories.Feeds;

/// <summary>A folder that holds feeds, laid out as their publishers lay them out (docs/add-a-feed.md).</summary>
/// <param name="Directory">Its path.</param>
public sealed record FeedRoot(string Directory)
{
    /// <summary>The path of a file or folder below the root.</summary>
    public string At(params ReadOnlySpan<string> parts)
    {
        var path = Directory;
        foreach (var part in parts)
        {
            path = Path.Combine(path, part);
        }

        return path;
    }

    /// <summary>The names of the folders in a folder, in ordinal order; none where it does not exist.</summary>
    public IReadOnlyList<string> Folders(params ReadOnlySpan<string> parts) => Names(At(parts), System.IO.Directory.EnumerateDirectories);

    /// <summary>The names of the files in a folder, in ordinal order; none where it does not exist.</summary>
    public IReadOnlyList<string> Files(params ReadOnlySpan<string> parts) => Names(At(parts), System.IO.Directory.EnumerateFiles);

    private static List<string> Names(string folder, Func<string, IEnumerable<string>> entries)
    {
        if (!System.IO.Directory.Exists(folder))
        {
            return [];
        }

        var names = entries(folder).Select(path => Path.GetFileName(path)).ToList();
        names.Sort(StringComparer.Ordinal);
        return names;
    }
}
