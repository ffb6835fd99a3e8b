using System.Text.RegularExpressions;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.Tests.Keys;

/// <summary>Every workload has a report name that the server takes, and no two have the same.</summary>
public sealed partial class WorkloadKeyTests
{
    [Theory]
    [InlineData("apps", "Deployment", "web", "deployment-web")]
    [InlineData("batch", "CronJob", "nightly.1", "cronjob-nightly.1")]
    [InlineData("", "Pod", "alone", "pod-alone")]
    public void A_report_is_named_after_kind_and_name(string group, string kind, string name, string report) => Assert.Equal(report, Key(group, kind, name).ReportName);

    [Fact]
    public void A_kind_of_another_group_is_told_apart_by_a_hash()
    {
        var names = new[] { "apps", "apps.kruise.io", "example.com" }.Select(group => Key(group, "StatefulSet", "db").ReportName).ToList();
        Assert.Equal("statefulset-db", names[0]);
        Assert.All(names.Skip(1), name => Assert.Matches("^statefulset-db-[0-9a-f]{16}$", name));
        Assert.Equal(3, names.Distinct().Count());
    }

    [Fact]
    public void A_name_that_would_be_too_long_is_cut_and_stays_unique()
    {
        var first = Key("apps", "Deployment", new string('a', 250) + "1").ReportName;
        var second = Key("apps", "Deployment", new string('a', 250) + "2").ReportName;
        Assert.NotEqual(first, second);
        Assert.InRange(first.Length, 200, 253);
        Assert.True(IsSubdomain(first));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("../../secrets/x")]
    [InlineData("A")]
    [InlineData("-")]
    [InlineData("a-")]
    [InlineData("a.-b")]
    [InlineData("a..b")]
    [InlineData("ä")]
    [InlineData("a b\n")]
    [InlineData("system:node:a")]
    [InlineData("\ud800")]
    public void A_name_that_no_server_would_give_becomes_one_that_it_takes(string name)
    {
        Assert.True(IsSubdomain(Key("apps", "Deployment", name).ReportName), Key("apps", "Deployment", name).ReportName);
        Assert.True(IsSubdomain(Key("example.com", name, "web").ReportName), Key("example.com", name, "web").ReportName);
        Assert.NotEqual(Key("apps", "Deployment", "web").ReportName, Key("apps", "Deployment", name).ReportName);
    }

    [Theory]
    [InlineData("apps", "deployment", "web")]
    [InlineData("apps", "Deployment-web", "1")]
    [InlineData("", "Deployment", "web")]
    [InlineData("batch", "Deployment", "web")]
    public void A_kind_that_is_only_spelt_like_ours_has_not_its_names(string group, string kind, string name) =>
        Assert.Matches("^deployment-web(-1)?-[0-9a-f]{16}$", Key(group, kind, name).ReportName);

    [Fact]
    public void Whatever_group_kind_and_name_are_the_report_name_is_valid_and_unique()
    {
        var random = new Random(1);
        var seen = new Dictionary<string, (string, string, string)>(StringComparer.Ordinal);
        for (var round = 0; round < 20_000; round++)
        {
            var key = Key(Text(random, 3), Text(random, 6), Text(random, random.Next(100) == 0 ? 300 : 6));
            var (name, parts) = (key.ReportName, (key.Group, key.Kind, key.Name));
            Assert.True(IsSubdomain(name), $"{parts}: {name}");
            Assert.True(!seen.TryGetValue(name, out var other) || other == parts, $"{parts} and {other}: {name}");
            seen[name] = parts;
            Assert.Equal(name, (key with { Uid = "another" }).ReportName);
        }
    }

    // Few letters, so that what nearly is the same comes often.
    private static string Text(Random random, int longest) => new([.. Enumerable.Range(0, random.Next(longest + 1)).Select(_ => "aab-.A/ \u00e4"[random.Next(9)])]);

    private static WorkloadKey Key(string group, string kind, string name) => new("shop", group, kind, name, "u");

    // RFC 1123, as Kubernetes takes it (apimachinery, IsDNS1123Subdomain).
    private static bool IsSubdomain(string name) => name.Length is > 0 and <= 253 && Subdomain().IsMatch(name);

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Subdomain();
}
