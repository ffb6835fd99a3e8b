using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Knowledge;
using OssRuntime.Operator.Metrics;
using OssRuntime.Operator.State;
using OssRuntime.Testing.Images;

namespace OssRuntime.Operator.Tests.Knowledge;

/// <summary>A new generation is adopted once it is whole; what is broken leaves the last good one in place.</summary>
public sealed class DatabaseKeeperTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly CurrentDatabase _current = new();
    private readonly OperatorMetrics _metrics = new(new RunningPods(), new FactsIndex(), new PodBacklog(), new ControllerEnvironment(), 10);
    private readonly ControllerEnvironment _environment = new();
    private readonly WorkQueue<ClusterEvent> _events = new("event", new ControllerEnvironment());

    private string File => _folder["advisories.db"];

    [Fact]
    public async Task A_changed_file_is_adopted_and_the_same_one_is_not_again()
    {
        var keeper = Keeper();
        keeper.Look();
        Assert.Null(_current.Generation);

        await BuildAsync("1.0.0");
        keeper.Look();
        Assert.True(await WasToldAsync());
        keeper.Look();
        Assert.False(await WasToldAsync());
        var first = _current.Generation;

        await BuildAsync("2.0.0");
        keeper.Look();
        Assert.True(await WasToldAsync());
        Assert.NotEqual(first, _current.Generation);
    }

    [Fact]
    public async Task A_link_that_is_turned_to_another_file_is_a_change()
    {
        var keeper = Keeper();
        await BuildAsync("1.0.0");
        Directory.CreateDirectory(_folder["one"]);
        Directory.CreateDirectory(_folder["two"]);
        System.IO.File.Move(File, _folder["one/advisories.db"]);
        await BuildAsync("2.0.0");
        System.IO.File.Move(File, _folder["two/advisories.db"]);
        System.IO.File.SetLastWriteTimeUtc(_folder["one/advisories.db"], DateTime.UtcNow.AddHours(-1));
        Directory.CreateSymbolicLink(_folder["now"], _folder["one"]);
        System.IO.File.CreateSymbolicLink(File, "now/advisories.db");
        keeper.Look();
        Assert.True(await WasToldAsync());
        var first = _current.Generation;

        // As kubelets do it to a volume: the file's own link stays as it is.
        System.IO.File.Delete(_folder["now"]);
        Directory.CreateSymbolicLink(_folder["now"], _folder["two"]);
        keeper.Look();
        Assert.True(await WasToldAsync());
        Assert.NotEqual(first, _current.Generation);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public async Task A_file_with_a_flipped_byte_leaves_the_last_good_one(double place)
    {
        var keeper = Keeper();
        await BuildAsync("1.0.0");
        keeper.Look();
        Assert.True(await WasToldAsync());
        var good = _current.Generation;

        await BuildAsync("2.0.0");
        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        bytes[(int)(place * bytes.Length)] ^= 0x40;
        await ReplaceAsync(bytes);
        keeper.Look();
        Assert.Equal(good, _current.Generation);
        Assert.False(await WasToldAsync());
        using var lease = _current.Lease();
        Assert.NotNull(lease);
    }

    [Fact]
    public async Task A_file_that_was_cut_leaves_the_last_good_one()
    {
        var keeper = Keeper();
        await BuildAsync("1.0.0");
        keeper.Look();
        var good = _current.Generation;
        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        await ReplaceAsync(bytes[..(bytes.Length / 2)]);
        keeper.Look();
        Assert.Equal(good, _current.Generation);
    }

    [Fact]
    public async Task A_generation_that_lost_records_is_refused()
    {
        var keeper = Keeper();
        await BuildAsync("1.0.0");
        keeper.Look();
        var good = _current.Generation;
        Directory.CreateDirectory(_folder["nothing"]);
        await new DatabaseBuilder().BuildAsync([new FeedRoot(_folder["nothing"])], File);
        keeper.Look();
        Assert.Equal(good, _current.Generation);
    }

    [Fact]
    public async Task Feeds_of_a_server_are_fetched_built_and_adopted_and_a_restart_begins_with_them()
    {
        await BuildAsync("1.0.0");
        System.IO.File.Delete(File);
        await using (var server = await FeedServer.StartAsync(_folder["feeds"]))
        {
            await RunUntilAsync(Keeper(server.Address), () => _current.Generation is not null);
            Assert.True(await WasToldAsync());
            Assert.Contains("ossruntime_feed_last_success_timestamp_seconds{feed=\"kev\"}", await MetricsAsync(), StringComparison.Ordinal);

            // A restart begins with the last good one, before any server is asked.
            using var second = new CurrentDatabase();
            new DatabaseKeeper(Source("http://127.0.0.1:1"), null, second, _metrics.Database, _events, _environment).Look();
            Assert.Equal(_current.Generation, second.Generation);
        }
    }

    public void Dispose()
    {
        _events.Dispose();
        _current.Dispose();
        _metrics.Dispose();
        _folder.Dispose();
    }

    private DatabaseKeeper Keeper(params string[] feeds) => new(Source(feeds), null, _current, _metrics.Database, _events, _environment);

    private DatabaseSource Source(params string[] feeds) => new(File, File, feeds, _folder["cache"], TimeSpan.FromHours(6), 90);

    private async Task<bool> WasToldAsync() => await OperatorStage.TakeAsync(_events) is [(var happened, _)] && happened == ClusterEvent.DatabaseAdopted;

    private static async Task RunUntilAsync(DatabaseKeeper keeper, Func<bool> condition)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var run = keeper.RunAsync(stop.Token);
        while (!condition() && !run.IsCompleted)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await stop.CancelAsync();
        await run;
    }

    private async Task<string> MetricsAsync()
    {
        using var output = new MemoryStream();
        await _metrics.ExportAsync(output, TestContext.Current.CancellationToken);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    private async Task BuildAsync(string @fixed)
    {
        var feed = Directory.CreateDirectory(_folder["feeds/osv/npm"]).FullName;
        await System.IO.File.WriteAllTextAsync(
            Path.Combine(feed, "TEST-1.json"),
            $$"""
            {"id":"TEST-1","modified":"2026-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"a"},
            "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"{{@fixed}}"}]}]}]}
            """);
        Directory.CreateDirectory(_folder["feeds/kev"]);
        await System.IO.File.WriteAllTextAsync(_folder["feeds/kev/known_exploited_vulnerabilities.json"], """{"vulnerabilities":[{"cveID":"CVE-2026-1"}]}""");
        await new DatabaseBuilder().BuildAsync([new FeedRoot(_folder["feeds"])], File);
    }

    // As every writer of databases does: the file takes its place in one step.
    private async Task ReplaceAsync(byte[] bytes)
    {
        await System.IO.File.WriteAllBytesAsync(_folder["next"], bytes);
        System.IO.File.Move(_folder["next"], File, overwrite: true);
    }
}
