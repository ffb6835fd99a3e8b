using OssRuntime.Model.Advisories;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Packages;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Policy.Tests.Priorities;

public sealed class PriorityDeciderTests
{
    private const string Wormable = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
    private static readonly DeployerContext Exposed = new(SystemExposure.Open, HumanImpact.High);

    [Fact]
    public void A_malicious_package_is_immediate_wherever_it_runs() =>
        Assert.Equal(
            Priority.Immediate,
            PriorityDecider.Decide(AFinding() with { Severity = Severity.Malicious }, new DeployerContext(SystemExposure.Small, HumanImpact.Low)));

    [Fact]
    public void A_known_exploited_and_automatable_flaw_on_an_exposed_workload_is_immediate() =>
        Assert.Equal(Priority.Immediate, PriorityDecider.Decide(AFinding() with { KnownExploited = true, Vector = Wormable }, Exposed));

    [Fact]
    public void The_same_flaw_without_any_sign_of_exploitation_waits_for_maintenance() =>
        Assert.Equal(Priority.Scheduled, PriorityDecider.Decide(AFinding() with { Vector = Wormable }, Exposed));

    [Theory]
    [InlineData(null, "no-vector", false)]
    [InlineData(Wormable, "CVSS", true)]
    [InlineData("AV:N/AC:L/Au:N/C:P/I:P/A:P", "CVSS", false)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:NX", "CVSS", false)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N", "CVSS", true)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N", "CVSS", false)]
    [InlineData("XXXX:3.1/AV:N/AC:L/PR:N/UI:N", "CVSS", false)]
    public void Where_the_word_on_automation_comes_from_is_said(string? vector, string from, bool automatable)
    {
        var evidence = PriorityDecider.EvidenceOf(AFinding() with { Vector = vector });
        Assert.Equal((Exploitation.None, "no-sign", automatable, from), (evidence.Exploitation, evidence.ExploitationFrom, evidence.Automatable, evidence.AutomatableFrom));
    }

    [Theory]
    [InlineData(0.0999, Exploitation.None)]
    [InlineData(0.1, Exploitation.PublicPoc)]
    public void A_likely_exploitation_counts_like_a_public_proof(double epss, Exploitation expected) =>
        Assert.Equal(expected, PriorityDecider.InputsOf(AFinding() with { Epss = epss }, Exposed).Exploitation);

    [Theory]
    [InlineData(true, 0.01, Exploitation.PublicPoc)]
    [InlineData(false, 0.9, Exploitation.None)]
    [InlineData(null, 0.9, Exploitation.PublicPoc)]
    public void How_a_flaw_stands_among_others_counts_for_more_than_its_probability(bool? likely, double epss, Exploitation expected) =>
        Assert.Equal(expected, PriorityDecider.InputsOf(AFinding() with { Epss = epss, LikelyExploited = likely }, Exposed).Exploitation);

    [Theory]
    [InlineData(true, 0.0, ExploitationEvidence.None, Exploitation.Active, "KEV")]
    [InlineData(false, 0.9, ExploitationEvidence.Active, Exploitation.Active, "SSVC")]
    [InlineData(false, 0.9, ExploitationEvidence.ProofOfConcept, Exploitation.PublicPoc, "SSVC")]
    [InlineData(false, 0.9, ExploitationEvidence.None, Exploitation.PublicPoc, "EPSS")]
    [InlineData(false, 0.0, ExploitationEvidence.None, Exploitation.None, "SSVC")]
    public void The_gravest_word_on_attacks_counts_and_is_named(
        bool exploited, double epss, ExploitationEvidence assessed, Exploitation expected, string from)
    {
        var finding = AFinding() with { KnownExploited = exploited, Epss = epss, Ssvc = new SsvcAssessment(assessed, Automatable: true, TotalImpact: false) };
        Assert.Equal(new PriorityEvidence(expected, from, true, "SSVC"), PriorityDecider.EvidenceOf(finding));
    }

    [Theory]
    [InlineData(true, 0.9, ExploitationEvidence.None, Exploitation.Active, "KEV")]
    [InlineData(false, 0.9, ExploitationEvidence.Active, Exploitation.Active, "SSVC")]
    [InlineData(false, 0.9, ExploitationEvidence.ProofOfConcept, Exploitation.PublicPoc, "SSVC")]
    [InlineData(false, 0.9, ExploitationEvidence.None, Exploitation.PublicPoc, "reference")]
    [InlineData(false, 0.0, ExploitationEvidence.None, Exploitation.PublicPoc, "reference")]
    [InlineData(false, 0.0, null, Exploitation.PublicPoc, "reference")]
    public void An_exploit_that_is_published_is_a_public_proof_whatever_CISA_or_EPSS_say_below_that(
        bool exploited, double epss, ExploitationEvidence? assessed, Exploitation expected, string from)
    {
        var finding = AFinding() with
        {
            KnownExploited = exploited,
            Epss = epss,
            Ssvc = assessed is { } word ? new SsvcAssessment(word, Automatable: false, TotalImpact: false) : null,
            Exploits = [new ExploitReference("https://blog.example/poc", "nvd")],
        };

        Assert.Equal((expected, from), (PriorityDecider.EvidenceOf(finding).Exploitation, PriorityDecider.EvidenceOf(finding).ExploitationFrom));
    }

    [Fact]
    public void Without_one_the_word_of_CISA_stands()
    {
        var finding = AFinding() with { Ssvc = new SsvcAssessment(ExploitationEvidence.None, Automatable: false, TotalImpact: false) };

        Assert.Equal((Exploitation.None, "SSVC"), (PriorityDecider.EvidenceOf(finding).Exploitation, PriorityDecider.EvidenceOf(finding).ExploitationFrom));
    }

    [Theory]
    [InlineData(Wormable, true)]
    [InlineData("CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H", false)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", true)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", false)]
    [InlineData("AV:N/AC:L/Au:N/C:P/I:P/A:P", false)]
    [InlineData(null, false)]
    public void Automatable_is_read_from_the_vector(string? vector, bool expected) =>
        Assert.Equal(expected, PriorityDecider.InputsOf(AFinding() with { Vector = vector }, Exposed).Automatable);

    private static Finding AFinding() => new()
    {
        Id = "CVE-2021-23337",
        Severity = Severity.High,
        Component = new Component
        {
            Purl = new PackageUrl { Type = "npm", Name = "lodash", Version = "4.17.15" },
            Name = "lodash",
            Version = "4.17.15",
            Ecosystem = new Ecosystem("npm"),
            Location = new ComponentLocation(null, "app/node_modules/lodash/package.json"),
        },
    };
}
