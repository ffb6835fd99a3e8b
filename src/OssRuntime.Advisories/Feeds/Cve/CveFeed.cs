using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Feeds.Cve;

/// <summary>
/// CVE records in the JSON 5 format, with what CISA adds to them (<c>cve-v5/*.zip</c>, or loose <c>cve-v5/CVE-*.json</c>): vectors, and the
/// decision points of SSVC. They only add: which packages are affected, other feeds know better.
/// </summary>
internal sealed class CveFeed : IFeed
{
    private const string Archive = "vulnrichment.zip";

    /// <inheritdoc/>
    public string Name => "cve-v5";

    /// <inheritdoc/>
    public Task FetchAsync(IFeedFiles files, CancellationToken cancellation) => files.FetchAsync(
        $"{Name}/{Archive}", new Uri("https://codeload.github.com/cisagov/vulnrichment/zip/refs/heads/develop"), cancellation);

    /// <inheritdoc/>
    public async Task ReadAsync(FeedRoot root, IFeedSink sink, CancellationToken cancellation)
    {
        var files = root.Files(Name);
        if (files.Count > 0)
        {
            sink.Begin(Name);
        }

        foreach (var archive in files.Where(file => file.EndsWith(".zip", StringComparison.Ordinal)))
        {
            await RecordDocuments.ReadArchiveAsync(root.At(Name, archive), $"{Name}/{archive}", Name, IsRecord, CveParser.Parse, sink, cancellation);
        }

        await RecordDocuments.ReadFilesAsync(
            files.Where(IsRecord).Select(file => (root.At(Name, file), file)), Name, CveParser.Parse, sink, cancellation);
    }

    /// <summary>The archive is that of a repository, with texts beside the records.</summary>
    private static bool IsRecord(string path) =>
        RecordDocuments.IsDocument(path) && path.AsSpan(path.LastIndexOf('/') + 1).StartsWith("CVE-", StringComparison.Ordinal);
}
