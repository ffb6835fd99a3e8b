using OssRuntime.Model.Advisories;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Packages;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Policy.Tests.Priorities;

/// <summary>What presses more comes first, and the order is total.</summary>
public sealed class PressingOrderTests
{
    private const string Wormable = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
    private const string Local = "CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";

    private static readonly Finding[] Sorted =
    [
        Finding("malicious") with { Severity = Severity.Malicious },
        Finding("exploited") with { KnownExploited = true, Severity = Severity.Low },
        Finding("public") with { Exploits = [new ExploitReference("https://exploits.example/1", "test")], Severity = Severity.Low },
        Finding("automatable") with { Vector = Wormable, Severity = Severity.Medium },
        Finding("critical") with { Severity = Severity.Critical, Score = 9.0 },
        Finding("score-9") with { Severity = Severity.High, Score = 8.9, Vector = Local },
        Finding("score-8") with { Severity = Severity.High, Score = 8.0, Epss = 0.05 },
        Finding("epss") with { Severity = Severity.High, Score = 7.0, Epss = 0.02 },
        Finding("fixed") with { Severity = Severity.High, Score = 7.0, Epss = 0.01, FixedIn = "2" },
        Finding("id-a") with { Severity = Severity.High, Score = 7.0, Epss = 0.01 },
        Finding("id-b", "a") with { Severity = Severity.High, Score = 7.0, Epss = 0.01 },
        Finding("id-b", "b") with { Severity = Severity.High, Score = 7.0, Epss = 0.01 },
        Finding("id-b", "b", "2") with { Severity = Severity.High, Score = 7.0, Epss = 0.01 },
        Finding("id-b", "b", "2", "second") with { Severity = Severity.High, Score = 7.0, Epss = 0.01 },
        Finding("unknown"),
    ];

    [Fact]
    public void The_most_pressing_comes_first_from_whatever_order()
    {
        foreach (var seed in Enumerable.Range(0, 20))
        {
            var shuffled = Sorted.ToArray();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(Sorted, shuffled.Order(PressingOrder.Instance));
        }
    }

    [Fact]
    public void It_is_an_order()
    {
        for (var i = 0; i < Sorted.Length; i++)
        {
            for (var j = 0; j < Sorted.Length; j++)
            {
                Assert.Equal(Math.Sign(i.CompareTo(j)), Math.Sign(PressingOrder.Instance.Compare(Sorted[i], Sorted[j])));
            }
        }
    }

    [Fact]
    public void What_is_missing_comes_last() =>
        Assert.Equal((1, -1, 0), (PressingOrder.Instance.Compare(null, Sorted[0]), PressingOrder.Instance.Compare(Sorted[0], null), PressingOrder.Instance.Compare(null, null)));

    private static Finding Finding(string id, string package = "a", string version = "1", string path = "first") => new()
    {
        Id = id,
        Component = new Component
        {
            Purl = PackageUrl.Parse($"pkg:npm/{package}@{version}"),
            Name = package,
            Version = version,
            Ecosystem = new Ecosystem("npm"),
            Location = new ComponentLocation(null, path),
        },
    };
}
