using OssRuntime.Advisories.Database;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Knowledge;
using OssRuntime.Operator.Metrics;
using OssRuntime.Operator.State;
using OssRuntime.Testing.Images;

namespace OssRuntime.Operator.Tests.Knowledge;

/// <summary>A database that somebody else brings: whatever becomes of the file, what was known before stays, over restarts too, and it is said.</summary>
public sealed class ForeignDatabaseTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly OperatorMetrics _metrics = new(new RunningPods(), new FactsIndex(), new PodBacklog(), new ControllerEnvironment(), 10);
    private readonly ControllerEnvironment _environment = new();
    private readonly WorkQueue<ClusterEvent> _events = new("event", new ControllerEnvironment());

    public static TheoryData<string, string> Fates => new()
    {
        { "cut in place", "is cut" },
        { "overwritten in place", "the file is not an advisory database" },
        { "replaced by garbage", "the file is not an advisory database" },
        { "replaced by an older one", "is older than the database in use" },
        { "replaced by one that lost its records", "lost more than" },
        { "replaced by a newer major schema", "has schema 9." },
        { "emptied", "the file is empty" },
        { "removed", "the file is not there" },
    };

    private string File => _folder["mount/advisories.db"];

    [Theory]
    [MemberData(nameof(Fates))]
    public async Task What_becomes_of_the_file_changes_nothing_that_is_known_and_is_said(string fate, string reason)
    {
        await BuildAsync(File, 30, "2026-02-01");
        using var current = new CurrentDatabase();
        var keeper = Keeper(current);
        keeper.Look();
        var good = current.Generation;
        Assert.Equal((true, null), (good is not null, keeper.Trouble));

        await SufferAsync(fate);
        keeper.Look();

        Assert.Equal(good, current.Generation);
        Assert.Contains(reason, keeper.Trouble, StringComparison.Ordinal);
        Assert.Contains("ossruntime_advisory_database_refused_total 1", await MetricsAsync(), StringComparison.Ordinal);
        using (var lease = current.Lease())
        {
            Assert.NotEmpty(lease!.Database.Find("TEST-29"));
        }

        // A restart begins with what was known, and says the same.
        using var restarted = new CurrentDatabase();
        var second = Keeper(restarted);
        second.Look();
        Assert.Equal(good, restarted.Generation);
        Assert.Contains(reason, second.Trouble, StringComparison.Ordinal);

        // What is good and newer is taken, by both.
        await BuildAsync(File, 31, "2026-03-01");
        keeper.Look();
        second.Look();
        Assert.Null(keeper.Trouble);
        Assert.Null(second.Trouble);
        Assert.NotEqual(good, current.Generation);
        Assert.Equal(current.Generation, restarted.Generation);
    }

    [Fact]
    public async Task A_damaged_copy_of_its_own_is_no_reason_to_stop()
    {
        await BuildAsync(File, 30, "2026-02-01");
        using (var current = new CurrentDatabase())
        {
            Keeper(current).Look();
        }

        await System.IO.File.WriteAllTextAsync(_folder["adopted.db"], "half a database", TestContext.Current.CancellationToken);
        using var restarted = new CurrentDatabase();
        var keeper = Keeper(restarted);
        keeper.Look();

        Assert.Equal((true, null), (restarted.Generation is not null, keeper.Trouble));
    }

    public void Dispose()
    {
        _events.Dispose();
        _metrics.Dispose();
        _folder.Dispose();
    }

    private DatabaseKeeper Keeper(CurrentDatabase current) => new(
        new DatabaseSource(File, _folder["adopted.db"], [], _folder["cache"], TimeSpan.FromHours(6), 90), null, current, _metrics.Database, _events, _environment);

    private async Task SufferAsync(string fate)
    {
        switch (fate)
        {
            case "cut in place":
                using (var file = new FileStream(File, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                {
                    file.SetLength(5000);
                }

                break;
            case "overwritten in place":
                using (var file = new FileStream(File, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                {
                    file.Write(new byte[file.Length]);
                }

                System.IO.File.SetLastWriteTimeUtc(File, DateTime.UnixEpoch);
                break;
            case "replaced by garbage":
                Replace(new byte[10_000]);
                break;
            case "replaced by an older one":
                await BuildAsync(File, 30, "2026-01-01");
                break;
            case "replaced by one that lost its records":
                await BuildAsync(File, 5, "2026-02-02");
                break;
            case "replaced by a newer major schema":
                var bytes = await System.IO.File.ReadAllBytesAsync(File);
                bytes[8] = 9;
                Replace(bytes);
                break;
            case "emptied":
                Replace([]);
                break;
            default:
                System.IO.File.Delete(File);
                break;
        }
    }

    private void Replace(byte[] bytes)
    {
        System.IO.File.WriteAllBytes(_folder["next"], bytes);
        System.IO.File.Move(_folder["next"], File, overwrite: true);
    }

    private async Task<string> MetricsAsync()
    {
        using var output = new MemoryStream();
        await _metrics.ExportAsync(output, TestContext.Current.CancellationToken);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    private static async Task BuildAsync(string file, int records, string day)
    {
        using var feed = new TemporaryDirectory();
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        Directory.CreateDirectory(feed["osv/npm"]);
        for (var number = 0; number < records; number++)
        {
            await System.IO.File.WriteAllTextAsync(feed[$"osv/npm/TEST-{number}.json"], $$"""
                {"id":"TEST-{{number}}","modified":"{{day}}T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"a"},
                "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}]}]}
                """);
        }

        await new DatabaseBuilder().BuildAsync([new OssRuntime.Advisories.Feeds.FeedRoot(feed.Path)], file);
    }
}
