using System.Text;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Versions;

namespace OssRuntime.Advisories.Tests.Database;

public class LeadingNumberTests
{
    [Theory]
    [InlineData("1.2.3", 1)]
    [InlineData("v12.0.0", 12)]
    [InlineData("20230101-r1", 20230101)]
    [InlineData("1", 1)]
    [InlineData("007", 7)]
    [InlineData("1:2.0-1", -1)]
    [InlineData("1!2.0", -1)]
    [InlineData("2024.1:3", 2024)]
    [InlineData("123456789.1", -1)]
    [InlineData("beta", -1)]
    [InlineData("v", -1)]
    [InlineData("", -1)]
    public void It_is_the_number_before_anything_else(string version, int number) =>
        Assert.Equal(number, LeadingNumber.Of(Encoding.UTF8.GetBytes(version)));

    [Fact]
    public void Every_order_compares_it_first()
    {
        string[] tails = ["", ".0", ".9.9", "-1", "-rc.1", "a1", "b", "~beta", "+build", "_p1", ".dev1", "-SNAPSHOT", "-alpha", ".post1", "-r3", "^git1"];
        var versions = new[] { 0, 1, 2, 9, 10, 11, 99, 100, 2024 }.SelectMany(number => tails.Select(tail => $"{number}{tail}")).ToList();

        foreach (var order in VersionOrders.All)
        {
            AssertHolds(order, versions);
        }
    }

    [Fact]
    public async Task Every_order_compares_it_first_on_the_versions_of_whole_feeds()
    {
        foreach (var (ecosystem, versions) in (await Corpora.OfAsync("osv")).SelectMany(corpus => Versions(corpus.Database)))
        {
            if (VersionOrders.ForName(ecosystem) is { } order)
            {
                AssertHolds(order, versions);
            }
        }
    }

    /// <summary>Each version against some hundred others, chosen by a seed.</summary>
    private static void AssertHolds(IVersionOrder order, IReadOnlyList<string> versions)
    {
        var random = new Random(3);

        // Versions of Python from before PEP 440 come before all others; the matcher doesn't go by their number.
        var accepted = versions.Where(version => order.Refuse(version) is null && (order.Name != "pep440" || order.Compare(version, "0.dev0") >= 0)).ToList();
        foreach (var left in accepted)
        {
            for (var i = 0; i < Math.Min(30, accepted.Count); i++)
            {
                var right = accepted[random.Next(accepted.Count)];
                var (l, r) = (LeadingNumber.Of(Encoding.UTF8.GetBytes(left)), LeadingNumber.Of(Encoding.UTF8.GetBytes(right)));
                if (l >= 0 && r >= 0 && l != r && Math.Sign(order.Compare(left, right)) != l.CompareTo(r))
                {
                    Assert.Fail($"{order.Name}: {left} and {right}");
                }
            }
        }
    }

    private static IEnumerable<(string Ecosystem, List<string> Versions)> Versions(OssRuntime.Advisories.Database.AdvisoryDatabase database)
    {
        using var lease = database.Lease();
        foreach (var ecosystem in database.Info.Ecosystems)
        {
            yield return (ecosystem.Name, [.. RowVersions.Of(database, ecosystem.Name).Distinct().Take(1500)]);
        }
    }
}
