using System.Text;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Model.Findings;
using OssRuntime.Operator.Metrics;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Operator.Tests.Metrics;

/// <summary>The series of workloads come and go with them, and single findings are capped.</summary>
public sealed class WorkloadMetricsTests
{
    [Fact]
    public async Task A_workloads_series_go_when_it_goes()
    {
        using var metrics = new OperatorMetrics(new RunningPods(), new FactsIndex(), new PodBacklog(), new ControllerEnvironment(), 10);
        metrics.Workloads.Set(Samples.Workload("web"), Report(critical: 3), []);
        metrics.Workloads.Set(Samples.Workload("api"), Report(critical: 1), []);
        var text = await TextAsync(metrics);
        Assert.Contains("""ossruntime_workload_findings{namespace="shop",kind="Deployment",workload="web",severity="critical"} 3""", text, StringComparison.Ordinal);

        metrics.Workloads.Remove(Samples.Workload("web"));
        text = await TextAsync(metrics);
        Assert.DoesNotContain("workload=\"web\"", text, StringComparison.Ordinal);
        Assert.Contains("workload=\"api\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_malicious_and_exploited_findings_have_series_and_no_more_than_the_cap()
    {
        using var metrics = new OperatorMetrics(new RunningPods(), new FactsIndex(), new PodBacklog(), new ControllerEnvironment(), findingSeries: 3);
        var findings = Enumerable.Range(0, 5).Select(i => Samples.Finding($"CVE-{i}") with { KnownExploited = true })
            .Append(Samples.Finding("MAL-1", Severity.Malicious))
            .Append(Samples.Finding("CVE-99", Severity.Critical));
        metrics.Workloads.Set(Samples.Workload("web"), Report(critical: 1), [Facts(findings)]);
        var text = await TextAsync(metrics);
        Assert.Equal(3, text.Split('\n').Count(line => line.StartsWith("ossruntime_finding_info{", StringComparison.Ordinal)));
        Assert.Contains("ossruntime_finding_info_dropped 3", text, StringComparison.Ordinal);
        Assert.DoesNotContain("CVE-99", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Critical_findings_have_series_where_the_Internet_comes_and_give_way_first()
    {
        using var metrics = new OperatorMetrics(new RunningPods(), new FactsIndex(), new PodBacklog(), new ControllerEnvironment(), findingSeries: 2);
        metrics.Workloads.Set(Samples.Workload("api"), Report(critical: 1) with { Exposure = "Internet" }, [Facts([Samples.Finding("CVE-1", Severity.Critical), Samples.Finding("CVE-2", Severity.High)])]);
        metrics.Workloads.Set(Samples.Workload("web"), Report(critical: 1) with { Exposure = "Cluster" }, [Facts([Samples.Finding("CVE-3", Severity.Critical)])]);
        var text = await TextAsync(metrics);
        Assert.Contains("advisory=\"CVE-1\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("CVE-2", text, StringComparison.Ordinal);
        Assert.DoesNotContain("CVE-3", text, StringComparison.Ordinal);

        metrics.Workloads.Set(Samples.Workload("web"), Report(critical: 1), [Facts(Enumerable.Range(0, 2).Select(i => Samples.Finding($"CVE-9{i}") with { KnownExploited = true }))]);
        text = await TextAsync(metrics);
        Assert.DoesNotContain("advisory=\"CVE-1\"", text, StringComparison.Ordinal);
        Assert.Contains("ossruntime_finding_info_dropped 1", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_attacker_names_cannot_break_the_format()
    {
        using var metrics = new OperatorMetrics(new RunningPods(), new FactsIndex(), new PodBacklog(), new ControllerEnvironment(), findingSeries: 3);
        var evil = Samples.Finding("CVE-1", component: "x\"} 1\nossruntime_fake 1\n") with { KnownExploited = true };
        metrics.Workloads.Set(Samples.Workload("web"), Report(critical: 1), [Facts([evil])]);
        Assert.DoesNotContain("\nossruntime_fake", await TextAsync(metrics), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_of_before_a_restart_counts_until_there_is_a_new_one()
    {
        using var metrics = new OperatorMetrics(new RunningPods(), new FactsIndex(), new PodBacklog(), new ControllerEnvironment(), findingSeries: 3);
        metrics.Workloads.Restore(Samples.Workload("web"), Report(critical: 3) with { Exposure = "Internet" });
        var text = await TextAsync(metrics);
        Assert.Contains("""workload="web",severity="critical"} 3""", text, StringComparison.Ordinal);
        Assert.Contains("""workload="web",exposure="internet"} 1""", text, StringComparison.Ordinal);

        metrics.Workloads.Set(Samples.Workload("web"), Report(critical: 1), []);
        metrics.Workloads.Restore(Samples.Workload("web"), Report(critical: 3));
        Assert.Contains("""workload="web",severity="critical"} 1""", await TextAsync(metrics), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_has_no_age()
    {
        using var metrics = new OperatorMetrics(new RunningPods(), new FactsIndex(), new PodBacklog(), new ControllerEnvironment(), findingSeries: 3);
        Assert.DoesNotContain("\nossruntime_advisory_database_built_timestamp_seconds ", await TextAsync(metrics), StringComparison.Ordinal);
        metrics.Database.Adopt(DateTimeOffset.UnixEpoch.AddSeconds(7), []);
        Assert.Contains("\nossruntime_advisory_database_built_timestamp_seconds 7", await TextAsync(metrics), StringComparison.Ordinal);
    }

    private static ImageFacts Facts(IEnumerable<Finding> findings) => new()
    {
        Key = Samples.Image('a'),
        State = ImageState.Inventoried,
        Reason = "Inventoried",
        Top = [.. findings.Select(finding => PressingFinding.Of(finding, EndedSupport.None))],
    };

    private static WorkloadReportBody Report(int critical) => new() { Coverage = new CoverageCounts(), Counts = new FindingCounts { Critical = critical } };

    private static async Task<string> TextAsync(OperatorMetrics metrics)
    {
        using var output = new MemoryStream();
        await metrics.ExportAsync(output, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
