using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Feeds;

/// <summary>A mirror cannot be asked what files a folder has: <c>index.txt</c> in it names them, one a line.</summary>
internal static class FolderIndex
{
    private const string Index = "index.txt";
    private const int MostFiles = 1000;

    /// <summary>Fetches the files that a folder's index names and that are wanted.</summary>
    public static async Task FetchAsync(IFeedFiles files, string folder, Func<string, bool> wanted, CancellationToken cancellation)
    {
        await files.FetchAsync(new FeedFile($"{folder}/{Index}", publisher: null), cancellation);
        foreach (var name in files.Lines($"{folder}/{Index}", MostFiles).Where(name => IsFileName(name) && wanted(name)).Distinct(StringComparer.Ordinal).ToList())
        {
            await files.FetchAsync(new FeedFile($"{folder}/{name}", publisher: null) { Presence = FeedFilePresence.Everybody }, cancellation);
        }
    }

    /// <summary>No line may lead elsewhere.</summary>
    private static bool IsFileName(string name) =>
        name.Length < 200 && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '+');
}
