using OssRuntime.Model.Findings;
using OssRuntime.Model.Packages;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Operator.Tests.State;

public sealed class PressingFindingTests
{
    private static readonly DeployerContext Exposed = new(SystemExposure.Open, HumanImpact.High);
    private static readonly DeployerContext Hidden = new(SystemExposure.Small, HumanImpact.Low);

    [Theory]
    [InlineData(null, false, "High CVE-1 7.5 pkg:npm/lodash@1.0.0 2.0.0")]
    [InlineData(0.0099, false, "High CVE-1 7.5 pkg:npm/lodash@1.0.0 2.0.0")]
    [InlineData(0.01, false, "High CVE-1 7.5 pkg:npm/lodash@1.0.0 2.0.0 EPSS=0.01")]
    [InlineData(0.5, true, "High CVE-1 7.5 pkg:npm/lodash@1.0.0 2.0.0 EXPLOITED EPSS=0.50")]
    public void A_line_says_what_is_known(double? epss, bool exploited, string line) =>
        Assert.Equal(line, Of(Samples.Finding("CVE-1") with { Epss = epss, KnownExploited = exploited }).Text);

    [Fact]
    public void What_is_not_known_is_a_hyphen() =>
        Assert.Equal("High CVE-1 - pkg:npm/lodash@1.0.0 -", Of(Samples.Finding("CVE-1") with { Score = null, FixedIn = null }).Text);

    [Theory]
    [InlineData(256, 256, 'a')]
    [InlineData(257, 256, '…')]
    public void A_path_that_is_too_long_keeps_its_end(int length, int kept, char first)
    {
        var component = Samples.Component("left") with { Location = new ComponentLocation(Samples.Digest('a'), new string('a', length - 1) + "z") };
        var path = Of(Samples.Finding("CVE-1") with { Component = component }).Path;
        Assert.Equal((kept, first, 'z'), (path.Length, path[0], path[^1]));
    }

    [Fact]
    public void How_pressing_it_is_depends_on_where_it_runs_and_is_the_same_for_its_bucket()
    {
        foreach (var finding in new[] { Samples.Finding("CVE-1") with { KnownExploited = true }, Samples.Finding("MAL-1", Severity.Malicious), Samples.Finding("CVE-2") })
        {
            var bucket = Assert.Single(FindingSummary.Buckets([finding], EndedSupport.None));
            Assert.Equal(Of(finding).PriorityOn(Exposed), bucket.PriorityOn(Exposed));
            Assert.Equal(Of(finding).PriorityOn(Hidden), bucket.PriorityOn(Hidden));
        }

        var exploited = Of(Samples.Finding("CVE-1") with { KnownExploited = true });
        Assert.True(exploited.PriorityOn(Exposed) > exploited.PriorityOn(Hidden), $"{exploited.PriorityOn(Exposed)} and {exploited.PriorityOn(Hidden)}");
    }

    private static PressingFinding Of(Finding finding) => PressingFinding.Of(finding, EndedSupport.None);
}
