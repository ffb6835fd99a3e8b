using System.Collections.Immutable;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Matching;
using OssRuntime.Cli.Output;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Packages;

namespace OssRuntime.Cli.Tests.Output;

public class TraceReportTests
{
    private static readonly Component Left = new()
    {
        Purl = PackageUrl.Of("npm", null, "left", "1.0.0"),
        Name = "left",
        Version = "1.0.0",
        Ecosystem = new Ecosystem("npm"),
        Location = new ComponentLocation(null, ""),
    };

    [Fact]
    public void The_whole_chain_is_printed_with_every_reason()
    {
        var finding = new Finding
        {
            Id = "CVE-2024-1",
            Aliases = ["GHSA-1"],
            Component = Left,
            Severity = Severity.High,
            Score = 7.5,
            Vector = "CVSS:3.1/…",
            VectorReason = "CVSS 3.1 by GHSA-1 of osv/npm",
            KnownExploited = true,
            Epss = 0.5,
            Ssvc = new SsvcAssessment(ExploitationEvidence.Active, Automatable: true, TotalImpact: false),
            FixedIn = "2.0.0",
            FixState = FixState.Fixed,
            Summary = "a flaw",
            Exploits = [new ExploitReference("https://blog.example/p\u001b[31moc", "nvd")],
            Sources = [new FindingSource("GHSA-1", "osv/npm", "< 2.0.0", "2.0.0", null, null) { State = FixState.Fixed }],
        };
        var trace = new MatchTrace(
            Left, "1 flaw, of 2 statements on the package",
            [new TraceLookup("npm", "left", "1.0.0", "npm", [new TraceCandidate("GHSA-1", "osv/npm", "< 2.0.0", true, "1.0.0 is within < 2.0.0"), new TraceCandidate("GHSA-2", "osv/npm", "= 3.0.0", false, "1.0.0 is not in an affected range and not listed")])],
            [finding]);
        using var output = new StringWriter();

        TraceReport.Write(output, trace);

        Assert.Equal(
            """
            pkg:npm/left@1.0.0: 1 flaw, of 2 statements on the package
              npm left at 1.0.0, order npm: 2 candidates
                affected     GHSA-1 (osv/npm): < 2.0.0: 1.0.0 is within < 2.0.0
                not affected GHSA-2 (osv/npm): = 3.0.0: 1.0.0 is not in an affected range and not listed
              => High CVE-2024-1 GHSA-1: a flaw
                 status    Affected, Fixed, fixed in 2.0.0
                 severity  7.5 CVSS:3.1/…: CVSS 3.1 by GHSA-1 of osv/npm
                 attacks   known to be exploited; EPSS 0.50000; SSVC exploitation Active, automatable, partial impact
                 exploit   https://blog.example/p�[31moc (nvd)
                 says      GHSA-1 (osv/npm): < 2.0.0, Fixed

            """,
            output.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void An_id_is_answered_with_all_that_is_known_of_it()
    {
        var details = new AdvisoryDetails(
            "GHSA-1", "osv/npm", AdvisoryKind.Vulnerability, Withdrawn: true, new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero), ["CVE-2024-1"], ["CVE-2024-1"], ["CVSS:3.1/…"], "HIGH",
            "a \u001b[31mflaw", "", ImmutableArray.Create("https://example.org/1"));
        using var output = new StringWriter();

        TraceReport.Write(output, "CVE-2024-1", [details]);

        var text = output.ToString();
        Assert.StartsWith("CVE-2024-1: 1 advisories", text, StringComparison.Ordinal);
        Assert.Contains("GHSA-1 (osv/npm), withdrawn: Vulnerability, changed 2024-01-02 03:04:05Z", text, StringComparison.Ordinal);
        Assert.Contains("references https://example.org/1", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }
}
