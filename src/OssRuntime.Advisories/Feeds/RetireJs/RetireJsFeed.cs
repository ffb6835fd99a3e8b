using System.Text.Json;
using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Feeds.RetireJs;

/// <summary>
/// Retire.js's lists of vulnerable JavaScript (<c>retirejs/repository/jsrepository*.json</c>, of which the one of the newest format counts, and
/// <c>npmrepository.json</c>), under the names that the libraries have in npm.
/// </summary>
internal sealed class RetireJsFeed : IFeed
{
    private const string Folder = "repository";

    private static readonly string[] Files = ["jsrepository-v5.json", "npmrepository.json"];

    /// <inheritdoc/>
    public string Name => "retirejs";

    /// <inheritdoc/>
    public async Task FetchAsync(IFeedFiles files, CancellationToken cancellation)
    {
        foreach (var file in Files)
        {
            var publisher = new Uri($"https://raw.githubusercontent.com/RetireJS/retire.js/master/repository/{file}");
            await files.FetchAsync($"{Name}/{Folder}/{file}", publisher, cancellation);
        }
    }

    /// <inheritdoc/>
    public Task ReadAsync(FeedRoot root, IFeedSink sink, CancellationToken cancellation)
    {
        var files = root.Files(Name, Folder);
        foreach (var kind in (ReadOnlySpan<string>)["jsrepository", "npmrepository"])
        {
            if (Newest(files, kind) is not { } file)
            {
                continue;
            }

            sink.Begin($"{Name}/{kind}");
            try
            {
                using var document = JsonDocument.Parse(BoundedFile.Read(root.At(Name, Folder, file)));
                RetireJsParser.Read(document.RootElement, $"{Name}/{kind}", sink);
            }
            catch (Exception exception) when (exception is JsonException or FeedFileException or IOException or UnauthorizedAccessException)
            {
                sink.Fail($"{Name}/{Folder}/{file}", exception.Message);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary><c>name-v5.json</c> before <c>name.json</c>: names in ordinal order have the hyphen first, and the digits in order.</summary>
    private static string? Newest(IReadOnlyList<string> files, string kind) =>
        files.LastOrDefault(file => file.StartsWith(kind + "-v", StringComparison.Ordinal) && RecordDocuments.IsDocument(file))
        ?? files.FirstOrDefault(file => file == kind + ".json");
}
