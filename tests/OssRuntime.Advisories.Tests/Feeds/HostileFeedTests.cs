using System.IO.Compression;
using System.Text;
using System.Text.Json;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Tests.Kit;

namespace OssRuntime.Advisories.Tests.Feeds;

/// <summary>Whatever a feed sends ends as a counted reason; the sound records beside it are kept.</summary>
public sealed class HostileFeedTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_broken_record_is_counted_and_named_and_loses_nothing_else()
    {
        var info = await BuildAsync(Zip(
            ("GOOD-1.json", Records.Range("GOOD-1", "npm", "left", "introduced 0")),
            ("CUT.json", "{ \"id\": \"CUT\", "),
            ("LIST.json", "[]"),
            ("NOID.json", "{ \"modified\": \"2026-01-01T00:00:00Z\" }"),
            ("DEEP.json", "{ \"id\": \"DEEP\", \"x\": " + new string('[', 5000) + new string(']', 5000) + "}"),
            ("EMPTY.json", ""),
            ("GOOD-2.json", Records.Range("GOOD-2", "npm", "right", "introduced 0"))));

        Assert.Equal((7, 2, 5), (info.Read, info.Kept, info.Skipped));
        Assert.Contains(info.Reasons, reason => reason.Examples.Contains("CUT.json"));
        Assert.Contains(info.Reasons, reason => reason is { Reason: "the record has no id", Records: 1 });
    }

    [Fact]
    public async Task A_truncated_archive_is_a_failed_file_with_a_reason()
    {
        var zip = Zip(("GOOD-1.json", Records.Range("GOOD-1", "npm", "left", "introduced 0")));

        for (var length = 0; length < zip.Length; length += 11)
        {
            var info = await BuildAsync(zip[..length]);

            Assert.Equal(0, info.Kept);
            Assert.StartsWith("no zip archive, or one that is cut", Assert.Single(info.Failures).Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_archive_with_any_byte_altered_gives_its_record_or_a_reason()
    {
        var zip = Zip(("GOOD-1.json", Records.Range("GOOD-1", "npm", "left", "introduced 0")));
        for (var place = 0; place < zip.Length; place += 3)
        {
            var altered = (byte[])zip.Clone();
            altered[place] ^= 0x41;

            var info = await BuildAsync(altered);

            Assert.True(info.Kept == 1 || info.Skipped == 1 || info.Failures.Length == 1, $"byte {place}");
        }
    }

    [Fact]
    public async Task A_bomb_is_not_unpacked()
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(archive, "GOOD-1.json", Encoding.UTF8.GetBytes(Records.Range("GOOD-1", "npm", "left", "introduced 0")));
            Write(archive, "BOMB.json", new byte[FeedLimits.Document + 1]);
            Write(archive, "GOOD-2.json", Encoding.UTF8.GetBytes(Records.Range("GOOD-2", "npm", "right", "introduced 0")));
        }

        var info = await BuildAsync(zip.ToArray());

        Assert.Equal((2, 1), (info.Kept, info.Skipped));
        Assert.Equal("the document is larger than 32 MiB", info.Reasons.Single().Reason);
    }

    [Fact]
    public async Task An_archive_of_many_bombs_ends_where_its_size_does_not_account_for_them()
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            var zeros = new byte[FeedLimits.Document];
            for (var i = 0; i < 12; i++)
            {
                Write(archive, $"B{i}.json", zeros);
            }
        }

        var info = await BuildAsync(zip.ToArray());

        Assert.Equal("the archive unpacks to more than its size allows", Assert.Single(info.Failures).Reason);
        Assert.Equal(0, info.Kept);
    }

    [Fact]
    public async Task Versions_and_names_beyond_reason_are_left_out_of_a_record_that_is_kept()
    {
        var endless = new string('1', 10_000);
        var info = await BuildAsync(Zip(
            ("A.json", Records.Of("A-1", "npm", "left", Records.Versions("1.0.0", endless))),
            ("B.json", Records.Range("B-1", "npm", "left", $"introduced 0, fixed {endless}")),
            ("C.json", Records.Range("C-1", "npm", new string('n', 5000), "introduced 0"))));

        Assert.Equal((3, 0), (info.Kept, info.Skipped));
        Assert.Equal(4, info.Trimmed);
        Assert.Contains(info.Reasons, reason => reason.Reason == "a version is longer than 512 characters" && reason.Records == 2);
        Assert.Contains(info.Reasons, reason => reason.Reason == "a package's name is longer than 1024 characters");
    }

    [Fact]
    public async Task A_record_with_endless_ranges_is_refused()
    {
        var events = string.Join(", ", Enumerable.Repeat("{\"introduced\":\"1.0.0\"},{\"fixed\":\"1.0.1\"}", 300_000));
        var info = await BuildAsync(Zip(
            ("A.json", Records.Of("A-1", "npm", "left", $"\"ranges\": [ {{ \"type\": \"SEMVER\", \"events\": [ {events} ] }} ]")),
            ("B.json", Records.Range("B-1", "npm", "left", "introduced 0"))));

        Assert.Equal((1, 1), (info.Kept, info.Skipped));
        Assert.Equal("more than 500000 packages, versions and events in one record", info.Reasons.Single().Reason);
    }

    [Theory]
    [InlineData("0000-00-00T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("yesterday")]
    public async Task Impossible_dates_are_no_dates(string date)
    {
        var info = await BuildAsync(Zip(("A.json", $$"""{ "id": "A-1", "modified": "{{date}}", "affected": [] }""")));

        Assert.Equal(1, info.Kept);
        Assert.Null(info.Newest);
    }

    [Fact]
    public async Task Texts_that_cannot_be_decoded_are_not_there_and_lose_nothing_else()
    {
        const string Odd = """ "\ud800": { "\udc00": 1 } """;
        var info = await BuildAsync(Zip(
            ("A.json", $$"""{ {{Odd}}, "id": "A-1", "modified": "2026-01-02\ud800", "summary": "\ud800", "affected": [ { {{Odd}}, "package": { {{Odd}}, "ecosystem": "npm", "name": "left" }, "ranges": [ { {{Odd}}, "type": "SEMVER", "events": [ { {{Odd}}, "introduced": "0" }, { "fixed": "1.\ud800" } ] } ], "database_specific": { {{Odd}} } } ], "database_specific": { {{Odd}} } }"""),
            ("B.json", Records.Range("B-1", "npm", "left", "introduced 0"))));

        Assert.Equal((2, 0), (info.Kept, info.Skipped));
    }

    [Theory]
    [InlineData("""{ "\ud800": 1, "id": "X" }""")]
    [InlineData("""{ "id": "X", "\ud800": 1 }""")]
    public void A_property_is_found_whatever_stands_beside_it(string text)
    {
        using var document = JsonDocument.Parse(text);
        Assert.Equal("X", document.RootElement.Text("id"));
        Assert.Equal(default, document.RootElement.At("other").ValueKind);
        Assert.Equal(["id"], document.RootElement.Properties().Select(property => property.Name));
    }

    [Fact]
    public void An_instant_that_cannot_be_decoded_is_none()
    {
        using var document = JsonDocument.Parse("""{ "at": "2026-01-02T00:00:00Z\ud800" }""");
        Assert.Null(document.RootElement.Instant("at"));
    }

    [Fact]
    public async Task A_record_that_is_in_two_archives_is_one_and_the_newer_state_counts()
    {
        const string Old = """{ "id": "A-1", "modified": "2026-01-01T00:00:00Z", "affected": [ { "package": { "ecosystem": "npm", "name": "a" }, "versions": ["1.0.0"] }, { "package": { "ecosystem": "Hex", "name": "a" }, "versions": ["1.0.0"] } ] }""";
        var renewed = Old.Replace("2026-01", "2026-02", StringComparison.Ordinal).Replace("\"versions\": [\"1.0.0\"] }, {", "\"versions\": [\"2.0.0\"] }, {", StringComparison.Ordinal);
        using var database = await TestDatabase.OfFilesAsync(new Dictionary<string, string> { ["osv/Hex/A-1.json"] = Old, ["osv/npm/A-1.json"] = renewed });

        Assert.Equal((1, 1), (database.Info.Advisories, database.Info.Sources.Sum(source => source.Duplicates)));
        Assert.Single(database.Findings(Components.Npm("a", "2.0.0")));
        Assert.Empty(database.Findings(Components.Npm("a", "1.0.0")));
    }

    [Fact]
    public async Task One_id_used_by_two_publishers_for_packages_of_their_own_is_two_advisories_on_one_flaw()
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Records.Range("CVE-2026-1", "npm", "a", "introduced 0"), Records.Range("CVE-2026-1", "Maven", "g:a", "introduced 0"));

        Assert.Equal((2, 1), (database.Info.Advisories, database.Info.Flaws));
        Assert.Equal(2, database.Database.Find("CVE-2026-1").Length);
    }

    [Fact]
    public async Task A_cycle_of_aliases_is_one_flaw()
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Records.Range("A-1", "npm", "a", "introduced 0", "\"aliases\": [\"B-1\", \"A-1\"],"),
            Records.Range("B-1", "npm", "a", "introduced 0", "\"aliases\": [\"C-1\"],"),
            Records.Range("C-1", "npm", "a", "introduced 0", "\"aliases\": [\"A-1\", \"A-1\"],"));

        var finding = Assert.Single(database.Findings(Components.Npm("a", "1.0.0")));

        Assert.Equal(("A-1", 3), (finding.Id, finding.Sources.Length));
    }

    [Fact]
    public async Task A_record_that_claims_to_be_everything_joins_nothing_and_is_reported()
    {
        var everything = string.Join(", ", Enumerable.Range(1, 400).Select(i => $"\"CVE-2026-{i}\""));
        using var database = await TestDatabase.OfRecordsAsync(
            Records.Range("EVIL-1", "npm", "evil", "introduced 0", $"\"aliases\": [{everything}],"),
            Records.Range("CVE-2026-1", "npm", "a", "introduced 0"),
            Records.Range("CVE-2026-2", "npm", "a", "introduced 0"));

        Assert.Equal(["CVE-2026-1", "CVE-2026-2"], database.Findings(Components.Npm("a", "1.0.0")).Select(finding => finding.Id));
        Assert.Equal(["EVIL-1 and 400 others"], database.Info.RefusedGroups);
    }

    [Fact]
    public async Task Ecosystems_and_prefixes_that_no_schema_lists_are_data()
    {
        using var database = await TestDatabase.OfRecordsAsync(Records.Of("WHAT-1", "Outer Space", "left", Records.Versions("1.0")));

        Assert.Equal("WHAT-1", Assert.Single(database.Findings(Components.Of("Outer Space", "generic", "left", "1.0"))).Id);
    }

    [Fact]
    public async Task A_web_page_in_the_place_of_a_feed_is_named()
    {
        _folder.Write("feeds/osv/npm/all.zip", "<!doctype html><title>503</title>");
        _folder.Write("feeds/kev/known_exploited_vulnerabilities.json", "  <html></html>");
        _folder.Write("feeds/endoflife.date/api/v1/products/full.json", "<html></html>");

        var info = await new DatabaseBuilder().BuildAsync([new FeedRoot(_folder.At("feeds"))], _folder.At("a.db"));

        Assert.Equal(["endoflife.date", "kev", "osv/npm"], info.Sources.Select(source => source.Name));
        Assert.All(info.Sources, source => Assert.Single(source.Failures));
        Assert.Equal("the file is a web page, not data", info.Sources[1].Failures[0].Reason);
    }

    private async Task<SourceInfo> BuildAsync(byte[] archive)
    {
        _folder.Write("feeds/osv/npm/all.zip", archive);
        var info = await new DatabaseBuilder().BuildAsync([new FeedRoot(_folder.At("feeds"))], _folder.At("a.db"));
        return Assert.Single(info.Sources);
    }

    private static byte[] Zip(params (string Name, string Content)[] files)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                Write(archive, name, Encoding.UTF8.GetBytes(content));
            }
        }

        return zip.ToArray();
    }

    private static void Write(ZipArchive archive, string name, byte[] content)
    {
        using var entry = archive.CreateEntry(name).Open();
        entry.Write(content);
    }
}
