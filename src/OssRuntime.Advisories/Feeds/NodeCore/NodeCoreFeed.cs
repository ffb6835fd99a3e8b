using System.Text.Json;
using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Feeds.NodeCore;

/// <summary>The Node.js project's advisories on the runtime itself (<c>nodejs-core/vuln/core/index.json</c>).</summary>
internal sealed class NodeCoreFeed : IFeed
{
    private static readonly string[] File = ["vuln", "core", "index.json"];

    /// <inheritdoc/>
    public string Name => "nodejs-core";

    /// <inheritdoc/>
    public Task FetchAsync(IFeedFiles files, CancellationToken cancellation) => files.FetchAsync(
        $"{Name}/{string.Join('/', File)}", new Uri("https://raw.githubusercontent.com/nodejs/security-wg/main/vuln/core/index.json"), cancellation);

    /// <inheritdoc/>
    public Task ReadAsync(FeedRoot root, IFeedSink sink, CancellationToken cancellation)
    {
        var path = root.At([Name, .. File]);
        if (!System.IO.File.Exists(path))
        {
            return Task.CompletedTask;
        }

        sink.Begin(Name);
        try
        {
            using var document = JsonDocument.Parse(BoundedFile.Read(path));
            foreach (var advisory in document.RootElement.Properties())
            {
                try
                {
                    sink.Accept(NodeCoreParser.Parse(advisory.Name, advisory.Value, Name));
                }
                catch (FeedRecordException exception)
                {
                    sink.Skip(advisory.Name, exception.Message);
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or FeedFileException or IOException or UnauthorizedAccessException)
        {
            sink.Fail($"{Name}/{string.Join('/', File)}", exception.Message);
        }

        return Task.CompletedTask;
    }
}
