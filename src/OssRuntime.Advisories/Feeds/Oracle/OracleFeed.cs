using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Feeds.Oracle;

/// <summary>Oracle Linux: its errata as OVAL definitions, <c>oracle/security/oval/com.oracle.elsa-all.xml.bz2</c>, or those of single years.</summary>
internal sealed class OracleFeed : IFeed
{
    private const string All = "com.oracle.elsa-all.xml.bz2";

    private static readonly string[] Folder = ["security", "oval"];

    /// <inheritdoc/>
    public string Name => "oracle";

    /// <inheritdoc/>
    public Task FetchAsync(IFeedFiles files, CancellationToken cancellation) =>
        files.FetchAsync($"{Name}/{string.Join('/', Folder)}/{All}", new Uri($"https://linux.oracle.com/security/oval/{All}"), cancellation);

    /// <inheritdoc/>
    public Task ReadAsync(FeedRoot root, IFeedSink sink, CancellationToken cancellation)
    {
        foreach (var file in root.Files([Name, .. Folder]).Where(name => name.Contains(".xml", StringComparison.Ordinal)))
        {
            sink.Begin(Name);
            XmlFile.Read(root.At([Name, .. Folder, file]), $"{Name}/{file}", sink, xml => OracleParser.Read(xml, Name, sink, cancellation));
        }

        return Task.CompletedTask;
    }
}
