using OssRuntime.Model.Advisories;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Operator.Exposure;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Operator.Workloads;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Operator.Tests.Workloads;

public sealed class WorkloadReportComposerTests
{
    private static readonly ImageKey Image = Samples.Image('1');

    private static readonly WorkloadContext Exposed = new()
    {
        Level = ExposureLevel.Internet,
        Path = ["Ingress shop/web", "Service shop/web:80", "port 8080"],
        Impact = HumanImpact.High,
        ImpactFrom = "namespace",
        Privileges = ["privileged web"],
    };

    [Fact]
    public void A_line_says_each_input_of_the_priority_and_where_it_came_from()
    {
        var report = Compose(Exposed, [], Samples.Finding("CVE-2021-44228") with { KnownExploited = true, Vector = Samples.Vector });

        Assert.Equal(
            ["Immediate High CVE-2021-44228 7.5 pkg:npm/lodash@1.0.0 2.0.0 EXPLOITED"
                + " [exploitation=Active(KEV) exposure=Open(Internet) automatable=Yes(CVSS) impact=High(namespace)] app/node_modules/lodash/package.json"],
            report.Findings);
        Assert.Equal("Internet", report.Exposure);
        Assert.Equal(["Ingress shop/web", "Service shop/web:80", "port 8080"], report.ExposurePath);
        Assert.Equal(("High", "namespace"), (report.Impact, report.ImpactFrom));
        Assert.Equal(["privileged web"], report.Privileges);
        Assert.Equal(1, report.Priorities!.Immediate);
    }

    [Fact]
    public void An_exploit_that_somebody_published_is_said_to_be_one()
    {
        var report = Compose(Exposed, [], Samples.Finding("CVE-1") with { Vector = Samples.Vector, Exploits = [new ExploitReference("https://blog.example/poc", "nvd")] });

        Assert.Equal("OutOfCycle", report.Priority);
        Assert.Contains("[exploitation=PublicPoc(reference) ", Assert.Single(report.Findings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_flaw_out_of_reach_is_less_urgent()
    {
        var report = Compose(Exposed with { Level = ExposureLevel.None }, [], Samples.Finding("CVE-2021-44228") with { KnownExploited = true, Vector = Samples.Vector });
        Assert.Equal("OutOfCycle", report.Priority);
        Assert.Contains("exposure=Small(None)", report.Findings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_is_known_the_assumption_is_said()
    {
        var report = Compose(WorkloadContext.Unknown, [], Samples.Finding("CVE-1"));
        Assert.Null(report.Exposure);
        Assert.Contains("exposure=Controlled(assumed)", report.Findings[0], StringComparison.Ordinal);
        Assert.Contains("impact=Medium(assumed)", report.Findings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_release_cycle_that_has_ended_raises_the_workload_and_its_deferred_findings()
    {
        var low = Exposed with { Level = ExposureLevel.None, Impact = HumanImpact.Low };
        Assert.Equal("Defer", Compose(low, [], Samples.Finding("CVE-1")).Priority);
        LifecycleStatus ended = new("lodash", "1", LifecycleState.EndOfLife, new DateOnly(2020, 1, 1), -1, "pkg:npm/lodash@1.0.0", "test");
        var report = Compose(low, [ended], Samples.Finding("CVE-1"));
        Assert.Equal("Scheduled", report.Priority);
        Assert.Equal(1, report.Priorities!.Scheduled);
        Assert.Contains(" ended]", report.Findings[0], StringComparison.Ordinal);
        Assert.Equal("Scheduled", Compose(low, [ended]).Priority);
    }

    private static WorkloadReportBody Compose(WorkloadContext standing, LifecycleStatus[] lifecycles, params Finding[] findings)
    {
        var ended = new EndedSupport(lifecycles);
        var facts = new ImageFacts
        {
            Key = Image,
            State = ImageState.Inventoried,
            Reason = "Inventoried",
            Checked = Samples.Checked,
            Buckets = FindingSummary.Buckets(findings, ended),
            Top = [.. findings.Select(finding => PressingFinding.Of(finding, ended))],
            Findings = findings.Length,
            Lifecycles = [.. lifecycles],
        };
        var workload = Samples.Workload("web");
        return new WorkloadReportComposer(ReportBudget.DefaultBytes)
            .Compose(workload, [Samples.Running("a", workload, Image)], new Dictionary<ImageKey, ImageFacts> { [Image] = facts }, null, standing).Report!;
    }
}
