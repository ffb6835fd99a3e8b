using System.Text.RegularExpressions;
using OssRuntime.Exposure.Kinds;
using OssRuntime.Exposure.Pods;

namespace OssRuntime.Exposure.Tests.Kinds;

/// <summary>The operator may list and watch what exposure is computed from, and nothing that nobody reads: the chart's rules against the list of kinds.</summary>
public sealed partial class ChartRulesTests
{
    private static readonly string Rules = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Kinds/testdata/rbac.yaml"));

    public static TheoryData<string> Kinds => [.. ExposureKinds.All.Select(kind => $"{kind.Group}/{kind.Kind}").Distinct().Order()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_chart_lets_the_operator_watch_the_kind(string name)
    {
        var (group, plural) = (name.Split('/')[0], Plural(name.Split('/')[1]));
        Assert.Contains(Allowed(), rule => rule.Group == group && rule.Resource == plural);
    }

    [Fact]
    public void ConfigMaps_are_watched_by_the_names_of_the_list_alone() =>
        Assert.Contains($"resourceNames: [{string.Join(", ", ExposureKinds.Tables)}]", Rules, StringComparison.Ordinal);

    [Fact]
    public void Groups_that_nobody_reads_are_not_asked_for()
    {
        string[] others = ["apps", "batch", "ossruntime.io"];
        var known = ExposureKinds.All.Select(kind => (kind.Group, Plural(kind.Kind))).ToHashSet();
        Assert.Empty(Allowed().Where(rule => !others.Contains(rule.Group) && !known.Contains(rule)));
        Assert.Contains(("", Plural(PodView.Resource.Kind)), known);
    }

    private static List<(string Group, string Resource)> Allowed() =>
    [
        .. Rule().Matches(Rules)
            .Where(match => match.Groups["verbs"].Value.Contains("watch", StringComparison.Ordinal))
            .SelectMany(match => match.Groups["resources"].Value.Split(", ").Select(resource => (match.Groups["group"].Value.Trim('"'), resource))),
    ];

    // As definitions of resources name their kinds.
    private static string Plural(string kind)
    {
        var name = kind.ToLowerInvariant();
        return name == "ingressclassparams" ? name
            : name.EndsWith('y') && !"aeiou".Contains(name[^2]) ? name[..^1] + "ies"
            : name.EndsWith('s') || name.EndsWith('x') || name.EndsWith("ch", StringComparison.Ordinal) ? name + "es"
            : name + "s";
    }

    [GeneratedRegex(@"apiGroups: \[(?<group>[^\]]*)\]\s+resources: \[(?<resources>[^\]]*)\]\s+(?:resourceNames: \[[^\]]*\]\s+)?verbs: \[(?<verbs>[^\]]*)\]")]
    private static partial Regex Rule();
}
