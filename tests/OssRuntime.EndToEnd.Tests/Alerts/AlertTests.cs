using System.Text.Json;
using System.Text.RegularExpressions;
using OssRuntime.Stage;
using OssRuntime.Stage.Alerts;
using OssRuntime.Stage.Charts;
using YamlDotNet.RepresentationModel;

namespace OssRuntime.EndToEnd.Tests.Alerts;

/// <summary>The alerts and dashboards of the chart, as Prometheus takes them: every name in them is one that the operator exports.</summary>
public sealed partial class AlertTests
{
    private static string Rules => Checkout.At("helm/ossruntime/rules/ossruntime.yaml");

    private static string Dashboard => Checkout.At("helm/ossruntime/dashboards/ossruntime.json");

    [Fact]
    public async Task Prometheus_takes_the_rules() =>
        Assert.Contains("18 rules found", await (await PromtoolAsync()).CheckAsync(Rules), StringComparison.Ordinal);

    [Fact]
    public async Task Alerts_fire_when_they_have_to_and_not_because_of_a_restart() =>
        Assert.Contains("SUCCESS", await (await PromtoolAsync()).TestAsync(Checkout.At("tests/OssRuntime.EndToEnd.Tests/Alerts/testdata/alerts.yaml")), StringComparison.Ordinal);

    [Fact]
    public async Task The_tests_of_the_alerts_can_fail()
    {
        var changed = (await File.ReadAllTextAsync(Checkout.At("tests/OssRuntime.EndToEnd.Tests/Alerts/testdata/alerts.yaml"), TestContext.Current.CancellationToken))
            .Replace("../../../../helm/ossruntime/rules/ossruntime.yaml", Rules, StringComparison.Ordinal)
            .Replace("{eval_time: 9m, alertname: OssRuntimeAdvisoryDatabaseMissing", "{eval_time: 11m, alertname: OssRuntimeAdvisoryDatabaseMissing", StringComparison.Ordinal);
        var file = Path.Combine(StageFolders.CreateTemporary("alerts"), "alerts.yaml");
        await File.WriteAllTextAsync(file, changed, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<StageException>(async () => await (await PromtoolAsync()).TestAsync(file));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public void Every_alert_is_tested_and_explained()
    {
        var alerts = AlertName().Matches(File.ReadAllText(Rules)).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(alerts);
        var tested = File.ReadAllText(Checkout.At("tests/OssRuntime.EndToEnd.Tests/Alerts/testdata/alerts.yaml"));
        var explained = File.ReadAllText(Checkout.At("docs/alerts.md"));
        Assert.Empty(alerts.Where(alert => !Regex.IsMatch(tested, $@"alertname: {alert}\s+exp_alerts:\s+- exp_labels")));
        Assert.Empty(alerts.Where(alert => !explained.Contains($"`{alert}`", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_chart_writes_the_same_rules_without_those_that_are_not_wanted()
    {
        var helm = await Helm.FindAsync(Console.Error);
        var all = await RulesOfAsync(helm, "prometheusRule.enabled=true");
        Assert.Equal(Expressions(await File.ReadAllTextAsync(Rules)), Expressions(all));
        var fewer = await RulesOfAsync(helm, "prometheusRule.enabled=true,prometheusRule.without={OssRuntimeImmediate},prometheusRule.alertLabels.team=platform");
        Assert.DoesNotContain("OssRuntimeImmediate", fewer, StringComparison.Ordinal);
        Assert.Equal(Expressions(all).Count - 1, Regex.Count(fewer, "team: platform"));
        var plain = Path.Combine(StageFolders.CreateTemporary("rules"), "rules.yaml");
        await File.WriteAllTextAsync(plain, fewer[(fewer.IndexOf("spec:", StringComparison.Ordinal) + "spec:".Length)..], TestContext.Current.CancellationToken);
        Assert.Contains("17 rules found", await (await PromtoolAsync()).CheckAsync(plain), StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(plain)!, recursive: true);
    }

    [Fact]
    public void Alerts_and_dashboards_ask_only_for_series_that_there_are()
    {
        var asked = MetricName().Matches(string.Join('\n', Expressions(File.ReadAllText(Rules)).Concat(Queries()))).Select(match => match.Value).Distinct().ToList();
        var known = ExportedNames.All();
        Assert.True(asked.Count > 15, string.Join(' ', asked));
        Assert.Empty(asked.Where(name => !known.Contains(name) && !known.Contains(Suffix().Replace(name, ""))));
    }

    [Fact]
    public async Task Prometheus_takes_every_query_of_the_dashboards()
    {
        var queries = Queries().Select(query => query.Replace("$__rate_interval", "5m", StringComparison.Ordinal).Replace("$namespace", ".*", StringComparison.Ordinal)).ToList();
        Assert.True(queries.Count > 15);
        var file = Path.Combine(StageFolders.CreateTemporary("queries"), "queries.yaml");
        // JSON is YAML.
        await File.WriteAllTextAsync(
            file,
            $$"""groups: [{name: queries, rules: [{{string.Join(',', queries.Select((query, i) => $"{{record: 'q:{i}', expr: {JsonSerializer.Serialize(query)}}}"))}}]}]""",
            TestContext.Current.CancellationToken);
        Assert.Contains($"{queries.Count} rules found", await (await PromtoolAsync()).CheckAsync(file), StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    private static Task<Promtool> PromtoolAsync() => Promtool.FindAsync(Console.Error, TestContext.Current.CancellationToken);

    private static Task<string> RulesOfAsync(Helm helm, string values) =>
        helm.TemplateAsync(Checkout.Chart, "ossruntime", "ossruntime", "--set", "withoutAdvisories=true", "--set", values, "--show-only", "templates/prometheusrule.yaml");

    private static List<string> Expressions(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return
        [
            .. stream.Documents[0].RootNode.AllNodes.OfType<YamlMappingNode>()
                .Where(node => node.Children.ContainsKey("alert"))
                .Select(node => $"{node["alert"]} {node["expr"]}".Trim()),
        ];
    }

    private static List<string> Queries()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Dashboard));
        return
        [
            .. dashboard.RootElement.GetProperty("panels").EnumerateArray()
                .Where(panel => panel.TryGetProperty("targets", out _))
                .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
                .Select(target => target.GetProperty("expr").GetString()!),
        ];
    }

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex AlertName();

    [GeneratedRegex(@"\b(ossruntime|controller_runtime|workqueue|rest_client|leader_election)_\w+")]
    private static partial Regex MetricName();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();
}
