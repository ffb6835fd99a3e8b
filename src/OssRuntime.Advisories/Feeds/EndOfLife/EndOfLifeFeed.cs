using System.Text.Json;
using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Feeds.EndOfLife;

/// <summary>
/// endoflife.date's API v1: <c>endoflife.date/api/v1/products/full.json</c>, or the single products beside it where that is missing.
/// </summary>
internal sealed class EndOfLifeFeed : IFeed
{
    private const string Whole = "full.json";

    /// <inheritdoc/>
    public string Name => "endoflife.date";

    /// <inheritdoc/>
    public Task FetchAsync(IFeedFiles files, CancellationToken cancellation) => files.FetchAsync(
        new FeedFile($"{Name}/api/v1/products/{Whole}", new Uri("https://endoflife.date/api/v1/products/full")) { Key = "result" }, cancellation);

    /// <inheritdoc/>
    public Task ReadAsync(FeedRoot root, IFeedSink sink, CancellationToken cancellation)
    {
        var files = root.Files(Name, "api", "v1", "products").Where(name => name.EndsWith(".json", StringComparison.Ordinal)).ToList();
        if (files.Count == 0)
        {
            return Task.CompletedTask;
        }

        sink.Begin(Name);
        if (files.Contains(Whole) && TryRead(root, Whole, sink))
        {
            return Task.CompletedTask;
        }

        foreach (var file in files.Where(name => name != Whole))
        {
            cancellation.ThrowIfCancellationRequested();
            TryRead(root, file, sink);
        }

        return Task.CompletedTask;
    }

    private bool TryRead(FeedRoot root, string file, IFeedSink sink)
    {
        try
        {
            EndOfLifeParser.Read(BoundedFile.Read(root.At(Name, "api", "v1", "products", file)), file, sink);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or FeedFileException or IOException or UnauthorizedAccessException)
        {
            sink.Fail($"{Name}/api/v1/products/{file}", exception.Message);
            return false;
        }
    }
}
