using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Feeds.Fetching;
using OssRuntime.Advisories.Tests.Kit;

namespace OssRuntime.Advisories.Tests.Feeds.Osv;

public sealed class OsvIncrementTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<string, byte[]> _files = new() { ["osv/ecosystems.txt"] = "npm\n"u8.ToArray() };

    public void Dispose()
    {
        _folder.Dispose();
        _http.Dispose();
    }

    [Fact]
    public async Task After_the_archive_only_the_records_that_changed_are_fetched()
    {
        Publish(archive: [Record("A", "2026-08-01", "1.0.0"), Record("B", "2026-08-02", "1.0.0")], list: "2026-08-02T00:00:00Z,B\n2026-08-01T00:00:00Z,A\n");
        await using var server = await FeedServer.StartAsync(_files);
        await FetchAsync(server);
        server.Requests.Clear();
        Publish(archive: [], list: "2026-09-01T10:00:00Z,C\n2026-09-01T09:00:00Z,A\n2026-08-02T00:00:00Z,B\n", Record("A", "2026-09-01", "2.0.0"), Record("C", "2026-09-01", "1.0.0"), Record("B", "2026-08-02", "1.0.0"));

        await FetchAsync(server);

        Assert.DoesNotContain(server.Requests, request => request.Path.EndsWith("all.zip", StringComparison.Ordinal));
        Assert.Equal(["A.json", "B.json", "C.json"], server.Requests.Select(request => Path.GetFileName(request.Path)).Where(name => name.EndsWith(".json", StringComparison.Ordinal) && name.Length == 6).Order(StringComparer.Ordinal));
        Assert.Equal((3, "2.0.0"), await AskAsync());
        server.Requests.Clear();

        await FetchAsync(server);

        Assert.DoesNotContain(server.Requests, request => request.Path.EndsWith("all.zip", StringComparison.Ordinal) || request.Path.Length == "/osv/npm/A.json".Length);
        Assert.Equal((3, "2.0.0"), await AskAsync());
    }

    [Fact]
    public async Task A_record_that_cannot_be_had_and_a_week_that_passed_bring_the_archive_anew()
    {
        Publish(archive: [Record("A", "2026-08-01", "1.0.0")], list: "2026-08-01T00:00:00Z,A\n");
        await using var server = await FeedServer.StartAsync(_files);
        await FetchAsync(server);
        Publish(archive: [Record("A", "2026-08-01", "1.0.0"), Record("C", "2026-09-01", "1.0.0")], list: "2026-09-01T10:00:00Z,C\n2026-08-01T00:00:00Z,A\n");

        await FetchAsync(server);

        Assert.Equal((2, "1.0.0"), await AskAsync());
        _time.Advance(TimeSpan.FromDays(8));
        Publish(archive: [Record("A", "2026-08-01", "1.0.0")], list: "2026-09-01T10:00:00Z,C\n2026-08-01T00:00:00Z,A\n");

        await FetchAsync(server);

        Assert.Equal((1, "1.0.0"), await AskAsync());
    }

    [Fact]
    public async Task A_list_that_is_none_and_lines_that_lead_elsewhere_leave_the_archive()
    {
        Publish(archive: [Record("A", "2026-08-01", "1.0.0")], list: "2026-08-01T00:00:00Z,A\n");
        await using var server = await FeedServer.StartAsync(_files);
        await FetchAsync(server);
        _files["osv/npm/modified_id.csv"] = "2026-09-01T10:00:00Z,../../secret\n"u8.ToArray();

        await FetchAsync(server);

        Assert.DoesNotContain(server.Requests, request => request.Path.Contains("secret", StringComparison.Ordinal));
        Assert.Equal((1, "1.0.0"), await AskAsync());
    }

    private static (string Id, string Json) Record(string id, string day, string fix) =>
        (id, $$"""{ "id": "{{id}}", "modified": "{{day}}T00:00:00Z", "affected": [ { "package": { "ecosystem": "npm", "name": "left" }, {{Records.Ranges($"introduced 0, fixed {fix}")}} } ] }""");

    private void Publish((string Id, string Json)[] archive, string list, params (string Id, string Json)[] records)
    {
        _files["osv/npm/modified_id.csv"] = Encoding.UTF8.GetBytes(list);
        foreach (var (id, json) in records)
        {
            _files[$"osv/npm/{id}.json"] = Encoding.UTF8.GetBytes(json);
        }

        if (archive.Length > 0)
        {
            using var zip = new MemoryStream();
            using (var entries = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (var (id, json) in archive)
                {
                    using var entry = entries.CreateEntry($"{id}.json").Open();
                    entry.Write(Encoding.UTF8.GetBytes(json));
                }
            }

            _files["osv/npm/all.zip"] = zip.ToArray();
        }
    }

    private async Task FetchAsync(FeedServer server) =>
        await new FeedMirror(_http, _time, _folder.At("cache")).FetchAsync(server.Address, FeedCatalog.All.Where(feed => feed.Name == "osv"));

    private async Task<(int Advisories, string? Fix)> AskAsync()
    {
        var root = new FeedRoot(Directory.EnumerateDirectories(_folder.At("cache")).Single());
        var info = await new DatabaseBuilder().BuildAsync([root], _folder.At("a.db"));
        using var database = AdvisoryDatabase.Open(_folder.At("a.db"));
        var findings = new OssRuntime.Advisories.Matching.Matcher(database)
            .Match(new OssRuntime.Model.Inventories.ComponentInventory { Components = [Components.Npm("left", "0.1.0")] }, new DateOnly(2026, 9, 1)).Findings;
        return (info.Advisories, findings.Single(finding => finding.Id == "A").FixedIn);
    }
}
