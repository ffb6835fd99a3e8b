using OssRuntime.Cli.Filters;
using OssRuntime.Cli.Scanning;
using OssRuntime.Cli.Tests.Remedies;
using OssRuntime.Model.Findings;

namespace OssRuntime.Cli.Tests.Filters;

/// <summary>A filter hides, counts what it hides, and never hides what is not known.</summary>
public sealed class FindingFilterTests
{
    private static readonly ScanOutcome Outcome = new()
    {
        Target = "shop/web:1",
        Findings =
        [
            Flaws.Of("low", "F-1", "2.0.0", Severity.Low),
            Flaws.Of("high", "F-2", null, Severity.High),
            Flaws.Of("critical", "F-3", "2.0.0", Severity.Critical, ecosystem: "Debian:12"),
            Flaws.Of("unknown", "F-4", null, Severity.Unknown),
            Flaws.Of("evil", "MAL-1", null, Severity.Malicious),
        ],
    };

    [Theory]
    [InlineData(null, false, "", "low high critical unknown evil")]
    [InlineData(Severity.High, false, "", "high critical unknown evil")]
    [InlineData(Severity.Malicious, false, "", "unknown evil")]
    [InlineData(null, true, "", "low critical evil")]
    [InlineData(Severity.High, true, "", "critical evil")]
    [InlineData(null, false, "debian", "critical")]
    [InlineData(null, false, "debian:12", "critical")]
    [InlineData(null, false, "Debian:11", "")]
    [InlineData(null, false, "NPM debian", "low high critical unknown evil")]
    public void It_shows_what_was_asked_for_and_counts_the_rest(Severity? least, bool onlyFixed, string ecosystems, string shown)
    {
        var filtered = Outcome.ShownBy(new FindingFilter { Least = least, OnlyFixed = onlyFixed, Ecosystems = [.. ecosystems.Split(' ', StringSplitOptions.RemoveEmptyEntries)] });
        Assert.Equal(shown, string.Join(' ', filtered.Findings.Select(finding => finding.Component.Name)));
        Assert.Equal(5, filtered.Findings.Length + filtered.Hidden);
    }

    [Fact]
    public void It_names_the_options_that_make_it() =>
        Assert.Equal("--severity high --only-fixed --ecosystem npm", new FindingFilter { Least = Severity.High, OnlyFixed = true, Ecosystems = ["npm"] }.ToString());
}
