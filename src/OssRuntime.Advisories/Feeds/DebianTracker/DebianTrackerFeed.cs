using System.Text.Json;
using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Feeds.DebianTracker;

/// <summary>
/// Debian's security tracker: its JSON (<c>debian-tracker/tracker/data/json</c>), with the state of every flaw in every release, and the lists of
/// its advisories (<c>debian-tracker/data/DSA/list</c>, <c>…/DLA/list</c>).
/// </summary>
internal sealed class DebianTrackerFeed : IFeed
{
    private static readonly string[] Lists = ["DSA", "DLA"];

    /// <inheritdoc/>
    public string Name => "debian-tracker";

    /// <inheritdoc/>
    public async Task FetchAsync(IFeedFiles files, CancellationToken cancellation)
    {
        await files.FetchAsync($"{Name}/tracker/data/json", new Uri("https://security-tracker.debian.org/tracker/data/json"), cancellation);
        foreach (var list in Lists)
        {
            var publisher = new Uri($"https://salsa.debian.org/security-tracker-team/security-tracker/-/raw/master/data/{list}/list");
            await files.FetchAsync($"{Name}/data/{list}/list", publisher, cancellation);
        }
    }

    /// <inheritdoc/>
    public Task ReadAsync(FeedRoot root, IFeedSink sink, CancellationToken cancellation)
    {
        Read(root, ["tracker", "data", "json"], $"{Name}/tracker", sink, path => DebianTrackerParser.Read(BoundedFile.Read(path), $"{Name}/tracker", sink, cancellation));
        foreach (var list in Lists)
        {
            Read(root, ["data", list, "list"], $"{Name}/{list}", sink, path => DebianListParser.Read(File.ReadLines(path), $"{Name}/{list}", sink, cancellation));
        }

        return Task.CompletedTask;
    }

    private void Read(FeedRoot root, string[] path, string source, IFeedSink sink, Action<string> read)
    {
        var file = root.At([Name, .. path]);
        if (!File.Exists(file))
        {
            return;
        }

        sink.Begin(source);
        try
        {
            read(file);
        }
        catch (Exception exception) when (exception is JsonException or FeedFileException or IOException or UnauthorizedAccessException)
        {
            sink.Fail($"{Name}/{string.Join('/', path)}", exception.Message);
        }
    }
}
