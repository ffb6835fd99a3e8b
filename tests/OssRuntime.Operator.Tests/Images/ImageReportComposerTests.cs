using System.Text.Json;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Operator.Images;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Tests.Images;

public sealed class ImageReportComposerTests
{
    [Theory]
    [InlineData(100 * 1024)]
    [InlineData(8 * 1024)]
    [InlineData(10 * 1024 * 1024)]
    public void Five_thousand_findings_stay_within_the_budget_and_the_cut_is_counted(int budget)
    {
        var findings = FindingSummary.Pressing(Enumerable.Range(0, 5000).Select(i => Samples.Finding($"CVE-2026-{i:00000}", component: $"some-component-{i}")));
        var resource = new ImageReportComposer(budget).Compose(Samples.Image('a'), "shop/web:1", Samples.Inventory(), Samples.Checked, "g1", findings, []);

        var size = JsonSerializer.SerializeToUtf8Bytes(resource, ResourceJson.Default.ImageInventory).Length;
        Assert.InRange(size, 1, Math.Min(budget, ReportBudget.HardBytes));
        Assert.Equal(5000, resource.Report!.Findings.Length + resource.Report.Cut);
        Assert.True(resource.Report.Cut > 0);
        Assert.Equal(5000, resource.Report.Counts!.High);
    }

    [Fact]
    public void What_is_cut_is_the_least_pressing()
    {
        var findings = FindingSummary.Pressing(
        [
            Samples.Finding("CVE-1", Severity.Low),
            Samples.Finding("CVE-2", Severity.Critical),
            Samples.Finding("CVE-3", Severity.Low) with { KnownExploited = true },
            Samples.Finding("MAL-4", Severity.Malicious),
        ]);
        Assert.Equal(["MAL-4", "CVE-3", "CVE-2", "CVE-1"], findings.Select(finding => finding.Id));
    }

    [Fact]
    public void A_line_has_its_fields_in_a_fixed_order()
    {
        var finding = Samples.Finding("CVE-2021-23337") with { KnownExploited = true, Epss = 0.975 };
        var resource = new ImageReportComposer(ReportBudget.DefaultBytes).Compose(
            Samples.Image('a'), "shop/web:1", Samples.Inventory(Samples.Component("lodash")), Samples.Checked, "g1", [finding], []);
        Assert.Equal(["High CVE-2021-23337 7.5 pkg:npm/lodash@1.0.0 2.0.0 EXPLOITED EPSS=0.98"], resource.Report!.Findings);
        Assert.Equal(["npm 1"], resource.Report.Ecosystems);
        Assert.Equal(0, resource.Report.Cut);
    }

    [Fact]
    public void Unknowns_are_counted_in_full_and_shown_in_part()
    {
        var inventory = Samples.Inventory() with { Unknowns = [.. Enumerable.Range(0, 50).Select(i => new Unknown($"app/{i}/package.json", "npm", new string('x', 4000)))] };
        var resource = new ImageReportComposer(ReportBudget.DefaultBytes).Compose(Samples.Image('a'), null, inventory, Samples.Checked, null, [], []);
        Assert.Equal(50, resource.Report!.UnknownCount);
        Assert.Equal(20, resource.Report.Unknowns.Length);
        Assert.All(resource.Report.Unknowns, line => Assert.InRange(line.Length, 1, 512));
    }

    [Fact]
    public void The_same_facts_make_the_same_bytes()
    {
        var findings = FindingSummary.Pressing([Samples.Finding("CVE-1"), Samples.Finding("CVE-2"), Samples.Finding("CVE-3")]);
        var shuffled = FindingSummary.Pressing([Samples.Finding("CVE-3"), Samples.Finding("CVE-1"), Samples.Finding("CVE-2")]);
        Assert.Equal(Bytes(findings), Bytes(shuffled));

        static byte[] Bytes(System.Collections.Immutable.ImmutableArray<Finding> findings) => JsonSerializer.SerializeToUtf8Bytes(
            new ImageReportComposer(ReportBudget.DefaultBytes).Compose(Samples.Image('a'), "a", Samples.Inventory(), Samples.Checked, "g", findings, []),
            ResourceJson.Default.ImageInventory);
    }

    [Fact]
    public void The_word_of_an_SBOM_is_told_in_numbers_and_the_first_differences()
    {
        var inventory = Samples.Inventory(Samples.Component("lodash")) with
        {
            Declaration = new SbomComparison(InventorySource.CosignAttestation, "CosignAttestation sha256:aa", "SpdxJson")
            {
                VerifiedBy = "key 0123",
                Used = true,
                Compared = true,
                Components = 7,
                LeftOut = [.. Enumerable.Range(0, 9).Select(i => $"pkg:npm/hidden{i}@1")],
                Different = [new DeclaredDifference("pkg:npm/a@1", "pkg:npm/a@2")],
                Added = [$"pkg:npm/{new string('x', 9000)}@1"],
            },
        };

        var report = new ImageReportComposer(8 * 1024).Compose(Samples.Image('a'), "shop/web:1", inventory, Samples.Checked, "g1", [], []).Report!;

        Assert.Equal(("CosignAttestation", "key 0123", true, true), (report.Declaration!.Source, report.Declaration.VerifiedBy, report.Declaration.Used, report.Declaration.Compared));
        Assert.Equal((7, 9, 1, 1), (report.Declaration.Components, report.Declaration.LeftOut, report.Declaration.Different, report.Declaration.Added));
        Assert.Equal(
            ["LeftOut pkg:npm/hidden0@1", "LeftOut pkg:npm/hidden1@1", "LeftOut pkg:npm/hidden2@1", "LeftOut pkg:npm/hidden3@1", "LeftOut pkg:npm/hidden4@1", "Different pkg:npm/a@1 pkg:npm/a@2"],
            report.Declaration.Differences[..6]);
        Assert.Equal(300, report.Declaration.Differences[6].Length);
    }
}
