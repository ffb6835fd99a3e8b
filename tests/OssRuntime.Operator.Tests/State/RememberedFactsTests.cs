using OssRuntime.Model.Findings;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Operator.Tests.State;

/// <summary>What an object said of its image is known again, word by word, and no more than that.</summary>
public sealed class RememberedFactsTests
{
    [Fact]
    public void Counts_and_findings_are_those_of_the_report()
    {
        var facts = Of(new ImageInventoryReport
        {
            Source = "Layers",
            Generation = "g1",
            Counts = new FindingCounts { Critical = 1, High = 1 },
            Findings = ["Critical CVE-2021-1 9.8 pkg:npm/bad@1.0.0 2.0.0 EXPLOITED EPSS=0.97", "High CVE-2021-2 7.5 pkg:npm/worse@1.0.0 -"],
            Cut = 3,
        });

        Assert.Equal((ImageState.Failed, "RegistryUnreachable", "nobody answers", true), (facts.State, facts.Reason, facts.Message, facts.IsRemembered));
        Assert.Equal(("g1", 1, 1, 5), (facts.Generation, facts.Counts.Critical, facts.Counts.High, facts.Findings));
        Assert.Equal(
            [(Severity.Critical, "CVE-2021-1", "pkg:npm/bad@1.0.0", "2.0.0", true), (Severity.High, "CVE-2021-2", "pkg:npm/worse@1.0.0", null, false)],
            facts.Top.Select(finding => (finding.Severity, finding.Advisory, finding.Component, finding.FixedIn, finding.KnownExploited)));
        Assert.Equal("Critical CVE-2021-1 9.8 pkg:npm/bad@1.0.0 2.0.0 EXPLOITED EPSS=0.97", facts.Top[0].Text);
        Assert.Equal([(Exploitation.Active, 1), (Exploitation.None, 1)], facts.Buckets.Select(bucket => (bucket.Exploitation, bucket.Count)));
    }

    [Fact]
    public void A_line_that_we_write_is_read_as_what_it_was_written_from()
    {
        foreach (var finding in new[] { Samples.Finding("CVE-1"), Samples.Finding("MAL-1", Severity.Malicious) with { FixedIn = null, Score = null }, Samples.Finding("CVE-2", Severity.None) with { KnownExploited = true, Epss = 0.5 } })
        {
            var written = PressingFinding.Of(finding, EndedSupport.None);
            var read = Assert.Single(Of(new ImageInventoryReport { Source = "Layers", Counts = new FindingCounts(), Findings = [written.Text] }).Top);
            Assert.Equal(
                (written.Severity, written.Text, written.Advisory, written.Component, written.FixedIn, written.KnownExploited),
                (read.Severity, read.Text, read.Advisory, read.Component, read.FixedIn, read.KnownExploited));
        }
    }

    [Fact]
    public void A_malicious_finding_is_in_a_bucket_of_its_own() =>
        Assert.True(Assert.Single(Of(new ImageInventoryReport { Source = "Layers", Counts = new FindingCounts(), Findings = ["Malicious MAL-1 - pkg:npm/bad@1.0.0 -"] }).Buckets).Malicious);

    [Theory]
    [InlineData("")]
    [InlineData("Critical")]
    [InlineData("Critical CVE-2021-1 9.8 pkg:npm/bad@1.0.0")]
    [InlineData("Awful CVE-2021-1 9.8 pkg:npm/bad@1.0.0 -")]
    public void A_line_that_is_none_is_left_out_and_counts(string line)
    {
        var facts = Of(new ImageInventoryReport { Source = "Layers", Counts = new FindingCounts(), Findings = [line, "High CVE-2021-2 7.5 pkg:npm/worse@1.0.0 -"] });
        Assert.Equal("CVE-2021-2", Assert.Single(facts.Top).Advisory);
        Assert.Equal(2, facts.Findings);
    }

    [Fact]
    public void Without_a_report_or_with_one_that_was_never_matched_nothing_is_remembered()
    {
        Assert.Equal((false, 0, 0), (Of(null).IsRemembered, Of(null).Findings, Of(null).Top.Length));
        Assert.False(Of(new ImageInventoryReport { Source = "Layers" }).IsRemembered);
    }

    private static ImageFacts Of(ImageInventoryReport? earlier) =>
        RememberedFacts.Of(Samples.Image('a'), ImageState.Failed, "RegistryUnreachable", "nobody answers", earlier);
}
