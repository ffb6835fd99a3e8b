using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Advisories.Tests.Database;

public class AdvisoryDatabaseTests
{
    private static readonly string[] Some =
    [
        Records.Range("GHSA-aaaa-bbbb-cccc", "npm", "left", "introduced 0, fixed 1.2.0", "\"aliases\": [\"CVE-2026-1\"],"),
        Records.Range("PYSEC-2026-1", "PyPI", "Right_Pad", "introduced 0, fixed 2.0", "\"aliases\": [\"CVE-2026-2\"],"),
        Records.Range("DSA-1-1", "Debian:12", "openssl", "introduced 0, fixed 3.0.11-1~deb12u2", "\"upstream\": [\"CVE-2026-3\", \"CVE-2026-4\"],"),
    ];

    [Fact]
    public async Task The_same_feeds_give_the_same_bytes()
    {
        using var first = await TestDatabase.OfRecordsAsync(Some);
        using var second = await TestDatabase.OfRecordsAsync([.. Some.Reverse()]);

        Assert.Equal(File.ReadAllBytes(first.Path), File.ReadAllBytes(second.Path));
        Assert.Equal(first.Database.Generation, second.Database.Generation);
    }

    [Fact]
    public async Task Another_record_is_another_generation()
    {
        using var first = await TestDatabase.OfRecordsAsync(Some);
        using var second = await TestDatabase.OfRecordsAsync(Some[..2]);

        Assert.NotEqual(first.Database.Generation, second.Database.Generation);
    }

    [Fact]
    public async Task A_byte_that_was_flipped_anywhere_is_found_before_use()
    {
        using var database = await TestDatabase.OfRecordsAsync(Some);
        using var folder = new TemporaryFolder();
        var bytes = File.ReadAllBytes(database.Path);
        var random = new Random(4);
        var places = Enumerable.Range(0, 1000).Select(_ => random.Next(bytes.Length)).Concat(Enumerable.Range(0, 80)).Append(bytes.Length - 1);
        foreach (var place in places)
        {
            var altered = (byte[])bytes.Clone();
            altered[place] ^= (byte)(1 << random.Next(8));
            var path = folder.Write("altered.db", altered);

            Assert.Throws<AdvisoryDatabaseException>(() => AdvisoryDatabase.Open(path).Dispose());
        }
    }

    [Fact]
    public async Task A_file_cut_anywhere_is_refused_when_it_is_opened()
    {
        using var database = await TestDatabase.OfRecordsAsync(Some);
        using var folder = new TemporaryFolder();
        var bytes = File.ReadAllBytes(database.Path);
        for (var length = 1; length < bytes.Length; length += 97)
        {
            var path = folder.Write("cut.db", bytes[..length]);

            Assert.Throws<AdvisoryDatabaseException>(() => AdvisoryDatabase.Open(path).Dispose());
        }
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("overwritten")]
    [InlineData("removed")]
    public async Task What_becomes_of_the_file_while_it_is_open_changes_no_answer(string becomes)
    {
        using var database = await TestDatabase.OfRecordsAsync(Some);
        using var folder = new TemporaryFolder();
        var path = folder.Write("open.db", File.ReadAllBytes(database.Path));
        using var opened = AdvisoryDatabase.Open(path);
        switch (becomes)
        {
            case "cut":
                using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                {
                    file.SetLength(0);
                }

                break;
            case "overwritten":
                File.WriteAllBytes(path, new byte[new FileInfo(database.Path).Length]);
                break;
            default:
                File.Delete(path);
                break;
        }

        var inventory = new ComponentInventory { Components = [Components.Npm("left", "1.0.0"), Components.Debian("libssl3", "3.0.9-1", "openssl")] };
        var day = new DateOnly(2026, 9, 1);
        Assert.Equal(
            new Matcher(database.Database).Match(inventory, day).Findings.Select(finding => finding.Id),
            new Matcher(opened).Match(inventory, day).Findings.Select(finding => finding.Id));
        Assert.NotEmpty(opened.Info.Sources);
    }

    [Fact]
    public async Task A_damaged_file_that_nobody_verified_still_ends_in_a_reason_or_an_answer()
    {
        using var database = await TestDatabase.OfRecordsAsync(Some);
        using var folder = new TemporaryFolder();
        var bytes = File.ReadAllBytes(database.Path);
        var random = new Random(7);
        var inventory = new ComponentInventory
        {
            Components = [Components.Npm("left", "1.0.0"), Components.PyPI("right-pad", "1.0"), Components.Debian("libssl3", "3.0.9-1", "openssl")],
        };
        for (var round = 0; round < 400; round++)
        {
            var altered = (byte[])bytes.Clone();
            for (var i = 0; i < 20; i++)
            {
                altered[4096 + random.Next(altered.Length - 4096)] = (byte)random.Next(256);
            }

            var path = folder.Write("altered.db", altered);
            try
            {
                using var opened = AdvisoryDatabase.Map(path);
                _ = new Matcher(opened).Match(inventory, new DateOnly(2026, 9, 1));
                _ = opened.Find("CVE-2026-3");
                _ = opened.Info;
            }
            catch (AdvisoryDatabaseException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        }
    }

    [Fact]
    public void A_file_that_is_no_database_is_called_so()
    {
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<AdvisoryDatabaseException>(() => AdvisoryDatabase.Open(folder.Write("page.db", "<html>" + new string('x', 8000))));

        Assert.Equal("the file is not an advisory database", error.Message);
    }

    [Fact]
    public async Task A_reader_that_holds_a_lease_finishes_after_the_database_was_closed()
    {
        using var database = await TestDatabase.OfRecordsAsync(Some);
        var opened = AdvisoryDatabase.Open(database.Path);
        using (var lease = opened.Lease())
        {
            opened.Dispose();

            Assert.Single(lease.Database.Find("CVE-2026-1"));
        }

        Assert.Throws<ObjectDisposedException>(() => opened.Lease());
    }

    [Fact]
    public async Task A_swap_under_many_readers_disturbs_none_of_them()
    {
        using var first = await TestDatabase.OfRecordsAsync(Some);
        using var second = await TestDatabase.OfRecordsAsync(Some[..1]);
        using var current = new CurrentDatabase();
        current.Swap(AdvisoryDatabase.Open(first.Path));
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var answers = 0;
            do
            {
                using var lease = current.Lease()!;
                answers += lease.Database.Find("GHSA-aaaa-bbbb-cccc").Length;
            }
            while (!stop.IsCancellationRequested);

            return answers;
        })).ToList();
        for (var i = 0; i < 200; i++)
        {
            current.Swap(AdvisoryDatabase.Open(i % 2 == 0 ? second.Path : first.Path));
        }

        await stop.CancelAsync();

        Assert.All(await Task.WhenAll(readers), answers => Assert.True(answers > 0));
    }

    [Fact]
    public async Task An_advisory_is_found_by_its_own_id_and_by_its_aliases()
    {
        using var database = await TestDatabase.OfRecordsAsync(Some);

        var byAlias = Assert.Single(database.Database.Find("cve-2026-2"));
        var byUpstream = Assert.Single(database.Database.Find("DSA-1-1"));

        Assert.Equal("PYSEC-2026-1", byAlias.Id);
        Assert.Equal("osv/PyPI", byAlias.Source);
        Assert.Equal(["CVE-2026-3", "CVE-2026-4"], byUpstream.Flaws);
        Assert.Empty(database.Database.Find("CVE-1999-1"));
    }

    [Fact]
    public async Task A_build_that_is_cancelled_leaves_nothing_and_harms_nothing()
    {
        using var folder = new TemporaryFolder();
        folder.Write("feeds/osv/npm/a.json", Some[0]);
        var output = folder.Write("advisories.db", "the old generation");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new DatabaseBuilder().BuildAsync(
            [new FeedRoot(folder.At("feeds"))], output, cancellation: new CancellationToken(canceled: true)));

        Assert.Equal("the old generation", File.ReadAllText(output));
        Assert.Equal(["advisories.db"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName));
    }
}
