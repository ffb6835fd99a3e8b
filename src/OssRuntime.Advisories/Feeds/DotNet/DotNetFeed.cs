using System.Text.Json;
using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Feeds.DotNet;

/// <summary>
/// Microsoft's release metadata of .NET (<c>dotnet/release-metadata/releases-index.json</c> and <c>&lt;channel&gt;/releases.json</c>): until when each
/// channel is supported, and which release fixed which CVE.
/// </summary>
internal sealed class DotNetFeed : IFeed
{
    private const string Folder = "release-metadata";
    private const string Index = "releases-index.json";
    private const string Releases = "releases.json";

    private static readonly Uri Publisher = new("https://builds.dotnet.microsoft.com/dotnet/release-metadata/");

    /// <inheritdoc/>
    public string Name => "dotnet";

    /// <summary>The index names the channels; each has a file.</summary>
    public async Task FetchAsync(IFeedFiles files, CancellationToken cancellation)
    {
        await files.FetchAsync(new FeedFile($"{Name}/{Folder}/{Index}", new Uri(Publisher, Index)) { Key = "releases-index" }, cancellation);
        foreach (var channel in DotNetParser.Channels([.. files.Lines($"{Name}/{Folder}/{Index}")]))
        {
            await files.FetchAsync(
                new FeedFile($"{Name}/{Folder}/{channel}/{Releases}", new Uri(Publisher, $"{channel}/{Releases}")) { Key = "releases" }, cancellation);
        }
    }

    /// <inheritdoc/>
    public Task ReadAsync(FeedRoot root, IFeedSink sink, CancellationToken cancellation)
    {
        if (File.Exists(root.At(Name, Folder, Index)))
        {
            sink.Begin(Name);
            Read([Folder, Index], document => sink.AcceptProduct(DotNetParser.Product(document)));
        }

        var fixes = new DotNetFixes();
        foreach (var channel in root.Folders(Name, Folder))
        {
            cancellation.ThrowIfCancellationRequested();
            if (File.Exists(root.At(Name, Folder, channel, Releases)))
            {
                sink.Begin(Name);
                Read([Folder, channel, Releases], fixes.Add);
            }
        }

        fixes.HandOver(Name, sink);
        return Task.CompletedTask;

        void Read(string[] path, Action<JsonElement> read)
        {
            try
            {
                using var document = JsonDocument.Parse(BoundedFile.Read(root.At([Name, .. path])));
                read(document.RootElement);
            }
            catch (Exception exception) when (exception is JsonException or FeedFileException or IOException or UnauthorizedAccessException)
            {
                sink.Fail($"{Name}/{string.Join('/', path)}", exception.Message);
            }
        }
    }
}
