using System.Text.Json;
using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Feeds.Kev;

/// <summary>
/// Catalogues of exploited vulnerabilities in the shape of CISA's (<c>kev/*.json</c>): which CVEs are known to be used in attacks. Schemas that
/// lie beside them are no catalogues.
/// </summary>
internal sealed class KevFeed : IFeed
{
    /// <inheritdoc/>
    public string Name => "kev";

    /// <summary>CISA's catalogue, and from a mirror those of others that its index names.</summary>
    public async Task FetchAsync(IFeedFiles files, CancellationToken cancellation)
    {
        // CISA's site refuses the addresses of many clouds, and keeps the same file at GitHub for them.
        var catalogue = new FeedFile(
            $"{Name}/known_exploited_vulnerabilities.json",
            [
                new Uri("https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json"),
                new Uri("https://raw.githubusercontent.com/cisagov/kev-data/develop/known_exploited_vulnerabilities.json"),
            ])
        { Key = "vulnerabilities" };
        await files.FetchAsync(catalogue, cancellation);
        await FolderIndex.FetchAsync(files, Name, name => name.EndsWith(".json", StringComparison.Ordinal), cancellation);
    }

    /// <inheritdoc/>
    public Task ReadAsync(FeedRoot root, IFeedSink sink, CancellationToken cancellation)
    {
        var files = root.Files(Name)
            .Where(name => name.EndsWith(".json", StringComparison.Ordinal) && !name.EndsWith("_schema.json", StringComparison.Ordinal)).ToList();
        if (files.Count > 0)
        {
            sink.Begin(Name);
        }

        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                Read(BoundedFile.Read(root.At(Name, file)), sink);
            }
            catch (Exception exception) when (exception is JsonException or FeedFileException or IOException or UnauthorizedAccessException)
            {
                sink.Fail($"{Name}/{file}", exception.Message);
            }
        }

        return Task.CompletedTask;
    }

    private static void Read(byte[] document, IFeedSink sink)
    {
        var json = new Utf8JsonReader(document);
        if (!JsonReading.EnterObject(ref json))
        {
            throw new FeedFileException("the document is no JSON object");
        }

        while (JsonReading.NextProperty(ref json))
        {
            if (!json.ValueTextEquals("vulnerabilities"u8))
            {
                json.Skip();
            }
            else if (JsonReading.EnterArray(ref json))
            {
                ReadEntries(ref json, sink);
            }
        }
    }

    private static void ReadEntries(ref Utf8JsonReader json, IFeedSink sink)
    {
        for (var number = 1; JsonReading.NextElement(ref json); number++)
        {
            string? cve = null;
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
            }
            else
            {
                cve = ReadCve(ref json);
            }

            if (cve is not null && cve.StartsWith("CVE-", StringComparison.OrdinalIgnoreCase))
            {
                sink.AcceptExploited(cve);
            }
            else
            {
                sink.Skip($"entry {number}", "the entry names no CVE");
            }
        }
    }

    private static string? ReadCve(ref Utf8JsonReader json)
    {
        string? cve = null;
        while (JsonReading.NextProperty(ref json))
        {
            if (json.ValueTextEquals("cveID"u8))
            {
                cve = JsonReading.Text(ref json, longest: 64);
            }
            else
            {
                json.Skip();
            }
        }

        return cve;
    }
}
