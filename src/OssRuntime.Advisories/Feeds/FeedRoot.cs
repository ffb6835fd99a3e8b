using System.Collections.Immutable;

namespace OssRuntime.Advisories.Feeds;

/// <summary>A folder that holds feeds, laid out as their publishers lay them out (docs/add-a-feed.md).</summary>
/// <param name="Directory">Its path.</param>
public sealed record FeedRoot(string Directory)
{
    /// <summary>Parts of it that count as not there: beginnings of paths below it, with slashes.</summary>
    public ImmutableArray<string> Hidden { get; init; } = [];

    /// <summary>Where it is not empty, the only parts of it that count as there.</summary>
    public ImmutableArray<string> Only { get; init; } = [];

    /// <summary>The path of a file or folder below the root; one that is not there for a part that is hidden.</summary>
    public string At(params ReadOnlySpan<string> parts)
    {
        var path = Directory;
        foreach (var part in parts)
        {
            path = Path.Combine(path, part);
        }

        return IsThere(string.Join('/', parts!)) ? path : Path.Combine(Directory, ".hidden", "nothing");
    }

    /// <summary>The names of the folders in a folder, in ordinal order; none where it does not exist.</summary>
    public IReadOnlyList<string> Folders(params ReadOnlySpan<string> parts) => Names(parts, System.IO.Directory.EnumerateDirectories);

    /// <summary>The names of the files in a folder, in ordinal order; none where it does not exist.</summary>
    public IReadOnlyList<string> Files(params ReadOnlySpan<string> parts) => Names(parts, System.IO.Directory.EnumerateFiles);

    private List<string> Names(ReadOnlySpan<string> parts, Func<string, IEnumerable<string>> entries)
    {
        var folder = At(parts);
        if (!System.IO.Directory.Exists(folder))
        {
            return [];
        }

        var below = string.Join('/', parts!);
        var names = entries(folder).Select(path => Path.GetFileName(path)).Where(name => IsThere(below.Length == 0 ? name : $"{below}/{name}")).ToList();
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private bool IsThere(string path)
    {
        if (Hidden.IsEmpty && Only.IsEmpty)
        {
            return true;
        }

        var folder = path + "/";
        return !Hidden.Any(hidden => folder.StartsWith(hidden, StringComparison.Ordinal))
            && (Only.IsEmpty || Only.Any(only => folder.StartsWith(only, StringComparison.Ordinal) || only.StartsWith(folder, StringComparison.Ordinal) || path.Length == 0));
    }
}
