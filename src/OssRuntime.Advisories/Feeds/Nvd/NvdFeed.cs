using System.Text.Json;
using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Feeds.Nvd;

/// <summary>
/// Pages of the National Vulnerability Database's CVE API 2.0 (<c>nvd/rest/json/cves/2.0.json</c>, or any <c>*.json</c> beside it): vectors, and which
/// CVEs CISA calls exploited, and which versions of programs are affected, by CPE names. Packages are not matched by those: they say too little about them. Nothing is fetched:
/// the API is asked page by page with a key, which a mirror does better.
/// </summary>
internal sealed class NvdFeed : IFeed
{
    private static readonly string[] Folder = ["rest", "json", "cves"];

    /// <inheritdoc/>
    public string Name => "nvd";

    /// <inheritdoc/>
    public Task FetchAsync(IFeedFiles files, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task ReadAsync(FeedRoot root, IFeedSink sink, CancellationToken cancellation)
    {
        foreach (var file in root.Files([Name, .. Folder]).Where(RecordDocuments.IsDocument))
        {
            cancellation.ThrowIfCancellationRequested();
            sink.Begin(Name);
            try
            {
                using var page = JsonDocument.Parse(BoundedFile.Read(root.At([Name, .. Folder, file])));
                Read(page.RootElement, sink);
            }
            catch (Exception exception) when (exception is JsonException or FeedFileException or IOException or UnauthorizedAccessException)
            {
                sink.Fail($"{Name}/{file}", exception.Message);
            }
        }

        return Task.CompletedTask;
    }

    private void Read(JsonElement page, IFeedSink sink)
    {
        if (page.At("vulnerabilities").ValueKind != JsonValueKind.Array)
        {
            throw new FeedFileException("the document has no list of vulnerabilities");
        }

        var number = 0;
        foreach (var cve in page.Items("vulnerabilities").Select(item => item.At("cve")))
        {
            number++;
            try
            {
                sink.Accept(NvdParser.Parse(cve, Name));
            }
            catch (FeedRecordException exception)
            {
                sink.Skip(cve.Text("id") ?? $"entry {number}", exception.Message);
            }
        }
    }
}
