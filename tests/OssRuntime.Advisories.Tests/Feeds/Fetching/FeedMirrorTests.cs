using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Feeds.Fetching;
using OssRuntime.Advisories.Tests.Kit;

namespace OssRuntime.Advisories.Tests.Feeds.Fetching;

public sealed class FeedMirrorTests : IDisposable
{
    private const string Kev = "kev/known_exploited_vulnerabilities.json";
    private const string Catalogue = """{ "vulnerabilities": [ { "cveID": "CVE-2026-1" } ] }""";

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero));

    public FeedMirrorTests() => Directory.CreateDirectory(_folder.At("cache"));

    public void Dispose()
    {
        _folder.Dispose();
        _http.Dispose();
    }

    [Fact]
    public async Task A_feed_root_is_fetched_and_builds_the_database_that_its_folder_would()
    {
        var record = Records.Range("GHSA-aaaa-bbbb-cccc", "npm", "left", "introduced 0", "\"aliases\": [\"CVE-2026-1\"],");
        await using var server = await FeedServer.StartAsync(new Dictionary<string, byte[]>
        {
            ["feeds/osv/ecosystems.txt"] = "npm\nAzure Linux\n../../etc\n"u8.ToArray(),
            ["feeds/osv/npm/all.zip"] = Zip("GHSA-aaaa-bbbb-cccc.json", record),
            ["feeds/osv/Azure Linux/all.zip"] = Zip("AZL-1.json", Records.Range("AZL-1", "Azure Linux:3", "left", "introduced 0")),
            ["feeds/" + Kev] = Encoding.UTF8.GetBytes(Catalogue),
        });

        var result = await FetchAsync(new Uri(server.Address, "feeds"));
        var info = await new DatabaseBuilder().BuildAsync([result.Root], _folder.At("a.db"));

        Assert.Equal((2, 1), (info.Advisories, info.Exploited));
        Assert.DoesNotContain(server.Requests, request => request.Path.Contains("etc", StringComparison.Ordinal));
        Assert.Empty(result.Failures);
        Assert.Equal(4, result.Files.Count(file => file.State == FetchState.New));
        Assert.Contains(result.Files, file => file is { Path: "epss/epss_scores-current.csv.gz", State: FetchState.Missing });
    }

    [Fact]
    public async Task Only_what_changed_is_sent_again()
    {
        var files = new Dictionary<string, byte[]> { [Kev] = Encoding.UTF8.GetBytes(Catalogue) };
        await using var server = await FeedServer.StartAsync(files);

        var first = await FetchKevAsync(server);
        _time.Advance(TimeSpan.FromHours(1));
        var second = await FetchKevAsync(server);
        files[Kev] = Encoding.UTF8.GetBytes(Catalogue + " ");
        var third = await FetchKevAsync(server);

        Assert.Equal([FetchState.New, FetchState.Unchanged, FetchState.New], [first.State, second.State, third.State]);
        Assert.Equal(0, second.Bytes);
        Assert.Equal(_time.GetUtcNow(), second.LastSuccess);
        Assert.Equal(3, server.Requests.Count(request => request.Path == "/" + Kev));
    }

    [Theory]
    [InlineData(200, " <!doctype html><title>Please log in</title>", "the server answers with a web page, not with data")]
    [InlineData(403, "no", "the server answers 403")]
    [InlineData(500, "no", "the server answers 500")]
    public async Task What_cannot_be_fetched_leaves_the_last_good_copy_and_says_its_age(int status, string body, string reason)
    {
        var broken = false;
        await using var server = await FeedServer.StartAsync(async context =>
        {
            context.Response.StatusCode = broken ? status : 200;
            await context.Response.WriteAsync(broken ? body : Catalogue);
        });
        var first = await FetchKevAsync(server);
        broken = true;
        _time.Advance(TimeSpan.FromDays(3));

        var second = await FetchKevAsync(server, new FetchOptions { Tries = 1 });

        Assert.Equal((FetchState.Failed, reason, first.LastSuccess), (second.State, second.Reason, second.LastSuccess));
        Assert.Equal(Catalogue, await File.ReadAllTextAsync(Copy(server)));
    }

    [Fact]
    public async Task A_server_that_asks_for_patience_is_given_it()
    {
        var asked = 0;
        await using var server = await FeedServer.StartAsync(async context =>
        {
            if (Interlocked.Increment(ref asked) < 3)
            {
                context.Response.StatusCode = 429;
                context.Response.Headers.RetryAfter = "30";
                return;
            }

            await context.Response.WriteAsync(Catalogue);
        });

        var time = new HurryingTime();
        var result = await new FeedMirror(_http, time, _folder.At("cache")).FetchAsync(server.Address, FeedCatalog.All.Where(feed => feed.Name == "kev"));

        Assert.Equal(FetchState.New, result.Files[0].State);
        Assert.Equal(3, server.Requests.Count(request => request.Path == "/" + Kev));
        Assert.Equal([TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)], time.Waited);
    }

    [Fact]
    public async Task A_server_that_asks_for_too_much_patience_is_left_alone()
    {
        await using var server = await FeedServer.StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = "86400";
            return Task.CompletedTask;
        });

        Assert.Equal(FetchState.Failed, (await FetchKevAsync(server)).State);
        Assert.Single(server.Requests, request => request.Path == "/" + Kev);
    }

    [Fact]
    public async Task A_file_without_end_is_cut_off()
    {
        await using var server = await FeedServer.StartAsync(async context =>
        {
            var zeros = new byte[1 << 16];
            zeros.AsSpan().Fill((byte)' ');
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(zeros, context.RequestAborted);
            }
        });

        var file = await FetchKevAsync(server, new FetchOptions { LongestFile = 1 << 20 });

        Assert.Equal((FetchState.Failed, "the file is larger than 1 MiB"), (file.State, file.Reason));
        Assert.False(File.Exists(Copy(server)));
    }

    [Fact]
    public async Task An_answer_that_is_cut_is_not_kept()
    {
        await using var server = await FeedServer.StartAsync(async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("{ \"vulnera");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        var file = await FetchKevAsync(server, new FetchOptions { Tries = 1 });

        Assert.Equal(FetchState.Failed, file.State);
        Assert.False(File.Exists(Copy(server)));
    }

    [Fact]
    public async Task What_broke_off_goes_on_where_it_broke_off()
    {
        var asked = new List<(string? Range, string? IfRange)>();
        await using var server = await FeedServer.StartAsync(async context =>
        {
            if (context.Request.Path != "/" + Kev)
            {
                context.Response.StatusCode = 404;
                return;
            }

            asked.Add((context.Request.Headers.Range, context.Request.Headers.IfRange));
            context.Response.Headers.ETag = "\"a\"";
            if (asked.Count == 1)
            {
                context.Response.ContentLength = Catalogue.Length;
                await context.Response.WriteAsync(Catalogue[..20]);
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            }

            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes 20-{Catalogue.Length - 1}/{Catalogue.Length}";
            await context.Response.WriteAsync(Catalogue[20..]);
        });

        var broken = await FallSilentAsync(server, 20);
        var whole = await FetchKevAsync(server, new FetchOptions { Tries = 1 });

        Assert.Equal([FetchState.Failed, FetchState.New], [broken.State, whole.State]);
        Assert.Equal([(null, null), ("bytes=20-", "\"a\"")], asked);
        Assert.Equal(Catalogue, await File.ReadAllTextAsync(Copy(server)));
        Assert.Equal(Catalogue.Length - 20, whole.Bytes);
    }

    [Fact]
    public async Task What_changed_since_it_broke_off_begins_anew()
    {
        var times = 0;
        await using var server = await FeedServer.StartAsync(async context =>
        {
            if (context.Request.Path != "/" + Kev)
            {
                context.Response.StatusCode = 404;
                return;
            }

            var first = Interlocked.Increment(ref times) == 1;
            context.Response.Headers.ETag = first ? "\"a\"" : "\"b\"";
            context.Response.ContentLength = Catalogue.Length;
            await context.Response.WriteAsync(first ? "{ \"old" : Catalogue);
            if (first)
            {
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        });

        await FallSilentAsync(server, 6);
        await FetchKevAsync(server, new FetchOptions { Tries = 1 });

        Assert.Equal(Catalogue, await File.ReadAllTextAsync(Copy(server)));
    }

    [Fact]
    public async Task The_next_mirror_is_asked_where_one_has_not_got_the_file_or_fails()
    {
        await using var failing = await FeedServer.StartAsync(context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await using var empty = await FeedServer.StartAsync(new Dictionary<string, byte[]>());
        await using var good = await FeedServer.StartAsync(new Dictionary<string, byte[]> { ["feeds/" + Kev] = Encoding.UTF8.GetBytes(Catalogue) });

        var result = await new FeedMirror(_http, new HurryingTime(), _folder.At("cache")).FetchAsync(
            FeedMirror.Addresses($"{failing.Address}feeds,{empty.Address}feeds,{good.Address}feeds"), FeedCatalog.All.Where(feed => feed.Name == "kev"));

        Assert.Equal(FetchState.New, result.Files.Single(file => file.Path == Kev).State);
        Assert.Equal(FetchOptions.DefaultTries, failing.Requests.Count(request => request.Path == "/feeds/" + Kev));
        Assert.Single(failing.Requests, request => request.Path == "/feeds/kev/index.txt");
    }

    [Fact]
    public async Task Catalogues_of_others_are_fetched_where_a_mirror_names_them()
    {
        await using var server = await FeedServer.StartAsync(new Dictionary<string, byte[]>
        {
            ["kev/index.txt"] = "other.json\n../../x.json\nnotes.md\n"u8.ToArray(),
            ["kev/other.json"] = Encoding.UTF8.GetBytes(Catalogue),
            ["osv/ecosystems.txt"] = "npm\n"u8.ToArray(),
            ["osv/npm/all.zip"] = Zip("GHSA-aaaa-bbbb-cccc.json", Records.Range("GHSA-aaaa-bbbb-cccc", "npm", "left", "introduced 0", "\"aliases\": [\"CVE-2026-1\"],")),
        });

        var result = await FetchAsync(server.Address);
        var info = await new DatabaseBuilder().BuildAsync([result.Root], _folder.At("a.db"));

        Assert.Equal(1, info.Exploited);
        Assert.DoesNotContain(server.Requests, request => request.Path.EndsWith("/x.json", StringComparison.Ordinal) || request.Path.EndsWith(".md", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_given_up()
    {
        var reached = new TaskCompletionSource();
        await using var server = await FeedServer.StartAsync(async context =>
        {
            await context.Response.WriteAsync("{");
            await context.Response.Body.FlushAsync();
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });

        var fetch = FetchKevAsync(server, new FetchOptions { Tries = 1 });
        await reached.Task;
        while (!fetch.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        Assert.Equal("the server said nothing for 60 s", (await fetch).Reason);
    }

    [Theory]
    [InlineData("https://example.org/feeds", true)]
    [InlineData("http://127.0.0.1:8080/", true)]
    [InlineData("/var/feeds", false)]
    [InlineData("feeds", false)]
    [InlineData("file:///var/feeds", false)]
    [InlineData("https://a.example/feeds,https://b.example/feeds", true)]
    [InlineData("https://a.example/feeds,feeds", false)]
    public void An_address_is_told_from_a_folder(string text, bool address) => Assert.Equal(address, FeedMirror.IsAddress(text));

    private string Copy(FeedServer server) =>
        Directory.EnumerateDirectories(_folder.At("cache")).Select(folder => Path.Combine(folder, Kev)).SingleOrDefault(File.Exists) ?? $"no copy from {server.Address}";

    private async Task<FetchedFile> FetchKevAsync(FeedServer server, FetchOptions? options = null) =>
        (await FetchAsync(server.Address, options, "kev")).Files.Single(file => file.Path == Kev);

    /// <summary>Fetches from a server that falls silent after some bytes, which are waited for.</summary>
    private async Task<FetchedFile> FallSilentAsync(FeedServer server, int bytes)
    {
        var fetch = FetchKevAsync(server, new FetchOptions { Tries = 1 });
        while (!Directory.EnumerateFiles(_folder.At("cache"), "*.fetching", SearchOption.AllDirectories).Any(file => new FileInfo(file).Length >= bytes))
        {
            await Task.Yield();
        }

        _time.Advance(TimeSpan.FromSeconds(61));
        return await fetch;
    }

    private Task<FetchResult> FetchAsync(Uri root, FetchOptions? options = null, string? only = null) =>
        new FeedMirror(_http, _time, _folder.At("cache"), options).FetchAsync(root, FeedCatalog.All.Where(feed => only is null || feed.Name == only));

    private static byte[] Zip(string name, string content)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry(name).Open();
            entry.Write(Encoding.UTF8.GetBytes(content));
        }

        return zip.ToArray();
    }
}
