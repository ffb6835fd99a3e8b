using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using OssRuntime.Advisories.Adoption;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Feeds.Fetching;
using OssRuntime.Advisories.Tests.Kit;

namespace OssRuntime.Advisories.Tests.Feeds.Fetching;

/// <summary>
/// What becomes of the database where a server misbehaves with one file: on the first run, and after a good one. Each scene names what is known of npm, KEV and EPSS then,
/// whether the build is complete, and what is said; the next good run heals every one of them.
/// </summary>
public sealed class MisbehaviourTests : IDisposable
{
    private const string List = "osv/ecosystems.txt";
    private const string Npm = "osv/npm/all.zip";
    private const string Kev = "kev/known_exploited_vulnerabilities.json";
    private const string Epss = "epss/epss_scores-current.csv.gz";
    private const string Html = "<!doctype html><html><title>Please log in</title></html>";

    private static readonly byte[] Archive = Zip(30, "2026-08-20");
    private static readonly byte[] Catalogue = Encoding.UTF8.GetBytes($$"""{ "title": "KEV", "vulnerabilities": [ {{string.Join(", ", Enumerable.Range(0, 30).Select(n => $$"""{ "cveID": "CVE-2026-{{n}}" }"""))}} ] }""");
    private static readonly byte[] Scores = Answer.Gzip(Encoding.UTF8.GetBytes("cve,epss,percentile\n" + string.Concat(Enumerable.Range(0, 30).Select(n => $"CVE-2026-{n},0.5,0.9\n"))));

    private static readonly Scene[] Scenes =
    [
        // The archive: nothing of npm where there was nothing before, all of it where there was.
        .. Both(Npm, "cut, and the length says so", Answer.Cut(Archive, 500), ""),
        .. Both(Npm, "cut, and nothing says so", Answer.CutSmoothly(Archive, 500), "directory"),
        .. Both(Npm, "cut, without a length", Answer.WithoutLength(Archive, Archive.Length - 30), ""),
        .. Both(Npm, "longer than announced", Answer.Announcing(Archive, 700), ""),
        .. Both(Npm, "one byte of a record is another", Answer.Flipped(Archive, 80), "damaged"),
        .. Both(Npm, "one byte of the directory is another", Answer.Flipped(Archive, Archive.Length - 6), ""),
        .. Both(Npm, "reset", Answer.Reset(Archive, 500), ""),
        .. Both(Npm, "a web page", Answer.Good(Html), "web page"),
        .. Both(Npm, "nothing", Answer.Good(""), ""),
        .. Both(Npm, "an empty archive", Answer.Good(Zip(0, "2026-08-20")), "empty"),
        .. Both(Npm, "503", Answer.Status(503), "503"),
        .. Both(Npm, "429 with Retry-After", Answer.Status(429, "Retry-After: 1\r\n"), "429"),
        .. Both(Npm, "429 without Retry-After", Answer.Status(429), "429"),
        .. Both(Npm, "429 for a day", Answer.Status(429, "Retry-After: 86400\r\n"), "429"),
        .. Both(Npm, "403", Answer.Status(403), "403"),
        .. Both(Npm, "404", Answer.Status(404), "404"),
        .. Both(Npm, "a page behind a redirect", Answer.Redirect("/page"), "web page"),
        .. Both(Npm, "redirected without end", Answer.Redirect("/" + Npm), "302"),
        .. Both(Npm, "an encoding nobody asked for", Answer.Encoded(Archive, "br"), "encoding"),
        .. Both(Npm, "204", Answer.Status(204, body: ""), "204"),

        // Packed on the way, said or not, is no harm; damaged gzip is.
        new("gzip on the way", Npm, Answer.Encoded(Archive, "gzip"), IsFirst: true, 30, 30, 30, IsComplete: true, ""),
        new("gzip that nobody speaks of", Kev, Answer.GzipUnsaid(Catalogue), IsFirst: true, 30, 30, 30, IsComplete: true, ""),
        new("gzip in gzip", Epss, Answer.GzipUnsaid(Scores), IsFirst: true, 30, 30, 30, IsComplete: true, ""),
        new("gzip of gzip by a header", Epss, Answer.Encoded(Scores, "gzip"), IsFirst: true, 30, 30, 30, IsComplete: true, ""),

        // The catalogue and the scores.
        .. Both(Kev, "an error in JSON", Answer.Good("""{"error":"try again"}"""), "nothing under 'vulnerabilities'"),
        .. Both(Kev, "no entries", Answer.Good("""{"vulnerabilities":[]}"""), "nothing under 'vulnerabilities'"),
        .. Both(Kev, "cut JSON", Answer.CutSmoothly(Catalogue, 200), "no JSON"),
        .. Both(Kev, "JSON with something behind it", Answer.Good([.. Catalogue, .. "x"u8]), "no JSON"),
        .. Both(Epss, "cut gzip", Answer.CutSmoothly(Scores, Scores.Length - 12), ""),
        .. Both(Epss, "gzip with a wrong byte", Answer.Flipped(Scores, Scores.Length - 6), ""),
        .. Both(Epss, "an error in JSON", Answer.Good("""{"error":"try again"}"""), ""),

        // The list of ecosystems.
        .. Both(List, "404", Answer.Status(404), "404"),
        .. Both(List, "a web page", Answer.Good(Html), "web page"),
        .. Both(List, "empty", Answer.Good(""), "empty"),
        .. Both(List, "an error in JSON", Answer.Good("""{"error":"x"}"""), "list"),

        // What is whole and wrong: only after a good run can it be told.
        new("shrunk", Npm, Answer.Good(Zip(5, "2026-08-20")), IsFirst: false, 30, 30, 30, IsComplete: false, "lost more than"),
        new("two records fewer", Npm, Answer.Good(Zip(28, "2026-08-20")), IsFirst: false, 28, 30, 28, IsComplete: true, ""),
        new("old", Npm, Answer.Good(Zip(30, "2026-07-01")), IsFirst: false, 30, 30, 30, IsComplete: false, "is an old copy"),
        new("from the future", Npm, Answer.Good(Zip(30, "2031-01-01")), IsFirst: false, 30, 30, 30, IsComplete: true, ""),
        new("an ecosystem that is gone", List, Answer.Good("PyPI\n"), IsFirst: false, 30, 30, 30, IsComplete: false, "no longer has it"),
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero));

    public static TheoryData<string> Names => [.. Scenes.Select(scene => scene.Title)];

    public void Dispose()
    {
        _folder.Dispose();
        _http.Dispose();
    }

    [Fact]
    public void There_are_forty_scenes_and_more() => Assert.True(Scenes.Length >= 40, $"{Scenes.Length}");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_server_that_misbehaves_costs_at_most_the_news_of_one_source_and_the_next_good_run_heals_it(string title)
    {
        var scene = Scenes.Single(scene => scene.Title == title);
        await using var server = new MisbehavingServer();
        Behave(server);
        server.Answers["page"] = Answer.Good(Html);
        if (!scene.IsFirst)
        {
            await UpdateAsync(server);
        }

        server.Answers[scene.Path] = scene.Answer;
        var (info, gaps) = await UpdateAsync(server);

        Assert.Equal((scene.Npm, scene.Kev, scene.Epss), (Kept(info, "osv/npm"), Kept(info, "kev"), Kept(info, "epss")));
        Assert.Equal(scene.IsComplete, gaps.Length == 0);
        var said = string.Join('\n', gaps.Concat(info.Troubles.Select(trouble => trouble.Reason)));
        Assert.Contains(scene.Said, said, StringComparison.Ordinal);
        Assert.True(scene.IsComplete || said.Length > 0);

        _time.Advance(TimeSpan.FromHours(6));
        Behave(server);
        var (healed, left) = await UpdateAsync(server);

        Assert.Equal((30, 30, 30), (Kept(healed, "osv/npm"), Kept(healed, "kev"), Kept(healed, "epss")));
        Assert.Empty(left);
        Assert.DoesNotContain(healed.Sources, source => source.Held is not null);
        Assert.DoesNotContain(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories), path => Path.GetExtension(path) is ".part" or ".lock" or ".fetching" or ".unwrapping" or ".noting");
    }

    private static void Behave(MisbehavingServer server)
    {
        server.Answers[List] = Answer.Good("npm\n");
        server.Answers[Npm] = Answer.Good(Archive);
        server.Answers[Kev] = Answer.Good(Catalogue);
        server.Answers[Epss] = Answer.Good(Scores);
    }

    /// <summary>The same misbehaviour on the first run, where data is missing, and after a good one, whose copy is read; the scores are of ids that npm's records name.</summary>
    private static IEnumerable<Scene> Both(string path, string name, Answer answer, string said)
    {
        var (npm, kev, epss) = (path is Npm or List ? 0 : 30, path == Kev ? 0 : 30, path is Epss or Npm or List ? 0 : 30);
        yield return new Scene(name, path, answer, IsFirst: true, npm, kev, epss, IsComplete: false, said);
        yield return new Scene(name, path, answer, IsFirst: false, 30, 30, 30, IsComplete: true, said);
    }

    private async Task<(DatabaseInfo Info, string[] Gaps)> UpdateAsync(MisbehavingServer server)
    {
        var feeds = FeedCatalog.All.Where(feed => feed.Name is "osv" or "kev" or "epss").ToList();
        var fetched = await new FeedMirror(_http, _time, _folder.At("cache"), new FetchOptions { Tries = 1 }).FetchAsync(server.Address, feeds);
        var options = new UpdateOptions { Building = new DatabaseBuildOptions { Feeds = [.. feeds], Troubles = [.. fetched.Troubles] } };
        var info = await new DatabaseUpdate(_time, options).BuildAsync([fetched.Root], _folder.At("advisories.db"));
        return (info, [.. BuildGaps.Of(info, ["osv"], _time.GetUtcNow())]);
    }

    private static long Kept(DatabaseInfo info, string source) => info.Sources.FirstOrDefault(found => found.Name == source)?.Kept ?? 0;

    private static byte[] Zip(int records, string day)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var number = 0; number < records; number++)
            {
                using var entry = archive.CreateEntry($"GHSA-{number:0000}.json").Open();
                entry.Write(Encoding.UTF8.GetBytes(
                    Records.Range($"GHSA-{number:0000}", "npm", $"p{number}", "introduced 0", $"\"aliases\": [\"CVE-2026-{number}\"],").Replace("2026-01-02", day, StringComparison.Ordinal)));
            }
        }

        return zip.ToArray();
    }

    private sealed record Scene(string Name, string Path, Answer Answer, bool IsFirst, int Npm, int Kev, int Epss, bool IsComplete, string Said)
    {
        public string Title => $"{Path} {Name}{(IsFirst ? ", on the first run" : "")}";
    }
}
