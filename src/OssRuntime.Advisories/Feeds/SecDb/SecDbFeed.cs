using System.Text.Json;
using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Feeds.SecDb;

/// <summary>
/// Security databases in Alpine's format (<c>alpine-secdb/&lt;branch&gt;/main.json</c>, <c>wolfi/os/security.json</c>): which version of which source
/// package fixed which CVE. The base of the distributions that are built with apk.
/// </summary>
internal abstract class SecDbFeed : IFeed
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract Task FetchAsync(IFeedFiles files, CancellationToken cancellation);

    /// <inheritdoc/>
    public Task ReadAsync(FeedRoot root, IFeedSink sink, CancellationToken cancellation)
    {
        foreach (var branch in root.Folders(Name))
        {
            foreach (var file in root.Files(Name, branch).Where(RecordDocuments.IsDocument))
            {
                cancellation.ThrowIfCancellationRequested();
                sink.Begin(Name);
                try
                {
                    using var document = JsonDocument.Parse(BoundedFile.Read(root.At(Name, branch, file)));
                    SecDbParser.Read(document.RootElement, Ecosystem(branch, document.RootElement), Name, $"{branch}/{file}", sink);
                }
                catch (Exception exception) when (exception is JsonException or FeedFileException or IOException or UnauthorizedAccessException)
                {
                    sink.Fail($"{Name}/{branch}/{file}", exception.Message);
                }
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>The ecosystem of a file in a folder.</summary>
    protected abstract string Ecosystem(string folder, JsonElement document);
}
