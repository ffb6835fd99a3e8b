using System.Globalization;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Versions;

namespace OssRuntime.Advisories.Tests.Database;

/// <summary>What a row's head promises about versions that are not compared with it.</summary>
public class RowCeilingTests
{
    private const int NoCeiling = RowHead.NoCeiling;

    [Theory]
    [InlineData("introduced 0, fixed 4.17.21", 4)]
    [InlineData("introduced 2.0.0, last_affected 12.9.9", 12)]
    [InlineData("introduced 1.0.0, fixed 1.2.0, introduced 3.0.0, fixed 3.1.0", 3)]
    [InlineData("introduced 0", NoCeiling)]
    [InlineData("introduced 1.0.0, fixed 1.2.0, introduced 3.0.0", NoCeiling)]
    [InlineData("introduced 1.0.0, limit 5.0.0", 5)]
    [InlineData("introduced 0, fixed 70000.0.0", NoCeiling)]
    public async Task A_range_ends_at_its_highest_event(string events, int ceiling) => Assert.Equal([ceiling], await CeilingsAsync(Records.Ranges(events)));

    [Theory]
    [InlineData("1:1.2-3", NoCeiling)]
    [InlineData("1.2-3", 1)]
    public async Task An_epoch_is_no_number_to_go_by(string version, int ceiling) =>
        Assert.Equal([ceiling], await CeilingsAsync(Records.Ranges($"introduced 0, fixed {version}"), "Debian:12"));

    [Fact]
    public async Task Of_several_ranges_and_versions_the_highest_counts() =>
        Assert.Equal([9], await CeilingsAsync($"{Records.Ranges("introduced 0, fixed 2.0.0", "introduced 3.0.0, fixed 3.5.0")}, {Records.Versions("9.0.0", "1.0.0")}"));

    [Fact]
    public async Task Rows_stand_from_the_highest_ceiling_to_the_lowest()
    {
        using var built = await TestDatabase.OfFilesAsync(new Dictionary<string, string>
        {
            ["osv/npm/a.json"] = Records.Range("GHSA-aaaa-aaaa-aaaa", "npm", "left", "introduced 0, fixed 1.0.0"),
            ["osv/npm/b.json"] = Records.Range("GHSA-bbbb-bbbb-bbbb", "npm", "left", "introduced 0"),
            ["osv/npm/c.json"] = Records.Range("GHSA-cccc-cccc-cccc", "npm", "left", "introduced 0, fixed 30.0.0"),
        });

        Assert.Equal([NoCeiling, 30, 1], Ceilings(built.Database, "npm"));
    }

    [Fact]
    public async Task No_row_of_whole_feeds_affects_a_version_above_its_ceiling()
    {
        foreach (var (_, database, info) in await Corpora.OfAsync("osv"))
        {
            using var lease = database.Lease();
            var (random, passedOver, judged) = (new Random(5), 0, 0);
            foreach (var ecosystem in info.Ecosystems.Select(ecosystem => ecosystem.Name))
            {
                if (VersionOrders.ForName(ecosystem.Split(':')[0]) is not { } order)
                {
                    continue;
                }

                var versions = RowVersions.Of(database, ecosystem).Distinct().Where(version => order.Refuse(version) is null).Select(version => new ComparedVersion(version, order)).ToArray();
                RowVersions.Visit(database, ecosystem, rows =>
                {
                    while (rows.Next(out var head))
                    {
                        for (var i = 0; i < 5; i++)
                        {
                            var version = versions[random.Next(versions.Length)];
                            judged++;
                            if (!version.IsAbove(head.Ceiling))
                            {
                                continue;
                            }

                            passedOver++;
                            if (RowEvaluator.Evaluate(rows.Read(), version, out _) != RowOutcome.NotAffected)
                            {
                                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{ecosystem}: advisory {head.Advisory} affects {version.Text}, above {head.Ceiling}"));
                            }
                        }
                    }
                });
            }

            Assert.InRange(passedOver, judged / 10, judged);
        }
    }

    private static async Task<List<int>> CeilingsAsync(string affected, string ecosystem = "npm")
    {
        using var built = await TestDatabase.OfFilesAsync(new Dictionary<string, string> { ["osv/npm/a.json"] = Records.Of("GHSA-aaaa-aaaa-aaaa", ecosystem, "left", affected) });
        return Ceilings(built.Database, ecosystem.ToLowerInvariant());
    }

    private static List<int> Ceilings(AdvisoryDatabase database, string ecosystem)
    {
        using var lease = database.Lease();
        var ceilings = new List<int>();
        RowVersions.Visit(database, ecosystem, rows =>
        {
            while (rows.Next(out var head))
            {
                ceilings.Add(head.Ceiling);
            }
        });
        return ceilings;
    }
}
