using System.Text;
using Microsoft.Extensions.Time.Testing;
using OssRuntime.Advisories.Adoption;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Files;
using OssRuntime.Advisories.Tests.Kit;

namespace OssRuntime.Advisories.Tests.Adoption;

/// <summary>A source that suddenly loses records keeps what it had, and the others go on.</summary>
public sealed class DatabaseUpdateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero));

    private string Output => _folder.At("advisories.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_source_that_shrank_keeps_its_data_and_the_others_go_on()
    {
        Publish("npm", 100);
        Publish("Go", 3);
        await BuildAsync();
        Publish("npm", 60);
        Publish("Go", 4);

        var info = await BuildAsync();

        Assert.Equal([("osv/Go", 4, null), ("osv/npm", 100, "lost more than 5 % of its records: 60 of 100 are left")], Sources(info));
        using var database = AdvisoryDatabase.Open(Output);
        Assert.NotEmpty(database.Find("npm-99"));
        Assert.NotEmpty(database.Find("Go-3"));

        // It stays so, until the source is whole again.
        Assert.Equal(100, Source(await BuildAsync(), "osv/npm").Kept);
        Publish("npm", 101);
        Assert.Equal((101, null), (Source(await BuildAsync(), "osv/npm").Kept, Source(await BuildAsync(), "osv/npm").Held));
    }

    [Theory]
    [InlineData(32, 30, false)]
    [InlineData(32, 11, true)]
    [InlineData(32, 12, false)]
    [InlineData(32, 0, true)]
    [InlineData(2, 0, true)]
    [InlineData(1000, 960, false)]
    [InlineData(1000, 940, true)]
    public async Task A_few_records_may_go_and_many_may_not(int before, int after, bool held)
    {
        Publish("npm", before);
        Publish("Go", 1);
        await BuildAsync();
        Publish("npm", after);

        var info = await BuildAsync();

        Assert.Equal((held, held ? before : after), (Source(info, "osv/npm").Held is not null, Source(info, "osv/npm").Kept));
    }

    [Fact]
    public async Task A_loss_that_is_accepted_is_taken()
    {
        Publish("npm", 100);
        Publish("Go", 100);
        await BuildAsync();
        Publish("npm", 10);
        Publish("Go", 10);

        var info = await BuildAsync(new UpdateOptions { Accepted = ["osv/npm"] });

        Assert.Equal((10, 100), (Source(info, "osv/npm").Kept, Source(info, "osv/Go").Kept));
        Assert.Equal(10, Source(await BuildAsync(new UpdateOptions { Force = true }), "osv/Go").Kept);
    }

    [Fact]
    public async Task Feeds_with_nothing_in_them_replace_nothing()
    {
        Publish("npm", 57);
        await BuildAsync();
        var before = await File.ReadAllBytesAsync(Output, TestContext.Current.CancellationToken);
        Directory.Delete(_folder.At("feeds"), recursive: true);
        Directory.CreateDirectory(_folder.At("feeds"));

        var refused = await Assert.ThrowsAsync<AdvisoryDatabaseException>(() => BuildAsync());

        Assert.Equal("refused: source osv/npm lost more than 5 % of its records: 0 of 57 are left; the file from before stays", refused.Message);
        Assert.Equal(before, await File.ReadAllBytesAsync(Output, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_source_that_shrank_and_of_which_there_is_no_copy_leaves_the_file_as_it_was()
    {
        Publish("npm", 100);
        Publish("Go", 1);
        await BuildAsync();
        Directory.Delete(Output + ".sources", recursive: true);
        Publish("npm", 10);

        await Assert.ThrowsAsync<AdvisoryDatabaseException>(() => BuildAsync());

        using var database = AdvisoryDatabase.Open(Output);
        Assert.Equal(100, Source(database.Info, "osv/npm").Kept);
    }

    [Fact]
    public async Task An_old_copy_of_a_source_is_not_taken()
    {
        Publish("npm", 100, "2026-08-20");
        Publish("Go", 1);
        await BuildAsync();
        Publish("npm", 99, "2026-08-01");

        var info = await BuildAsync();

        Assert.StartsWith("is an old copy: its newest record is from 2026-08-01", Source(info, "osv/npm").Held, StringComparison.Ordinal);
        Assert.Equal(100, Source(info, "osv/npm").Kept);
    }

    [Fact]
    public async Task A_record_from_the_future_freezes_nothing()
    {
        Publish("npm", 10, "2030-01-01");
        Publish("Go", 10);
        var first = await BuildAsync();
        Publish("npm", 10, "2026-08-25");

        var second = await BuildAsync();

        Assert.Equal(new DateTimeOffset(2026, 8, 1, 0, 0, 0, TimeSpan.Zero), first.NewestRecord);
        Assert.Equal(10, Source(first, "osv/npm").Trimmed);
        Assert.Equal(new DateTimeOffset(2026, 8, 25, 0, 0, 0, TimeSpan.Zero), second.NewestRecord);
        Assert.Null(Source(second, "osv/npm").Held);
    }

    [Fact]
    public async Task Builds_at_a_time_wait_for_each_other_and_leave_nothing_behind()
    {
        Publish("npm", 30);
        var update = new DatabaseUpdate(TimeProvider.System);

        var built = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => update.BuildAsync([new FeedRoot(_folder.At("feeds"))], Output))));

        Assert.Single(built.Select(info => info.Generation).Distinct());
        Assert.Equal(["advisories.db", "advisories.db.sources", "feeds"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_a_killed_build_left_is_taken_away_by_the_next()
    {
        Publish("npm", 3);
        _folder.Write("advisories.db.abc.part", "half a database");
        _folder.Write("advisories.db.lock", "process 1 since long ago");

        await BuildAsync();

        Assert.Equal(["advisories.db", "advisories.db.sources", "feeds"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Who_waits_too_long_is_told_what_for()
    {
        Publish("npm", 3);
        using var other = await WorkLock.TakeAsync(Output, "a test", TimeProvider.System, TimeSpan.Zero, TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<IOException>(() => BuildAsync(new UpdateOptions { Patience = TimeSpan.Zero }));

        Assert.Contains("advisories.db.lock says which one", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, long Kept, string? Held)> Sources(DatabaseInfo info) => info.Sources.Select(source => (source.Name, source.Kept, source.Held));

    private static SourceInfo Source(DatabaseInfo info, string name) => info.Sources.Single(source => source.Name == name);

    private Task<DatabaseInfo> BuildAsync(UpdateOptions? options = null) => new DatabaseUpdate(_time, options).BuildAsync([new FeedRoot(_folder.At("feeds"))], Output);

    private void Publish(string ecosystem, int records, string day = "2026-08-01")
    {
        if (Directory.Exists(_folder.At("feeds", "osv", ecosystem)))
        {
            Directory.Delete(_folder.At("feeds", "osv", ecosystem), recursive: true);
        }

        for (var i = 0; i < records; i++)
        {
            var record = Records.Range($"{ecosystem}-{i}", ecosystem, $"p{i}", "introduced 0").Replace("2026-01-02T03:04:05Z", day + "T00:00:00Z", StringComparison.Ordinal);
            _folder.Write($"feeds/osv/{ecosystem}/{i}.json", Encoding.UTF8.GetBytes(record));
        }
    }
}
