using OssRuntime.Cli.Remedies;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Packages;

namespace OssRuntime.Cli.Tests.Remedies;

/// <summary>One row a package and step, the most pressing first.</summary>
public sealed class RemedyListTests
{
    [Fact]
    public void One_update_settles_all_fixed_flaws_of_a_package_in_the_order_of_its_versions()
    {
        var remedy = Assert.Single(RemedyList.Of([Flaws.Of("a", "F-1", "1.9.0"), Flaws.Of("a", "F-2", "1.10.0"), Flaws.Of("a", "F-3", "1.2.0")]));
        Assert.Equal((RemedyKind.Update, "1.10.0", 3), (remedy.Kind, remedy.UpdateTo, remedy.Findings.Length));
    }

    [Fact]
    public void What_has_no_fix_is_a_row_of_its_own_and_a_malicious_package_is_removed()
    {
        var remedies = RemedyList.Of([Flaws.Of("a", "F-1", "2.0.0", Severity.Low), Flaws.Of("a", "F-2", null, Severity.Medium), Flaws.Of("b", "MAL-1", null, Severity.Malicious)]);
        Assert.Equal(["Remove b", "NoFix a", "Update a"], remedies.Select(remedy => $"{remedy.Kind} {remedy.Package}"));
    }

    [Fact]
    public void Versions_that_cannot_be_compared_are_not_ordered_by_guess()
    {
        var remedies = RemedyList.Of([Flaws.Of("a", "F-1", "next", ecosystem: "NoSuchEcosystem"), Flaws.Of("a", "F-2", "final", ecosystem: "NoSuchEcosystem")]);
        Assert.Equal(["final", "next"], remedies.Select(remedy => remedy.UpdateTo).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Packages_of_one_source_are_one_row_under_its_name()
    {
        Finding[] findings = [Built("libssl3", "F-1"), Built("openssl", "F-1"), Built("openssl", "F-2")];
        var remedy = Assert.Single(RemedyList.Of(findings));
        Assert.Equal(("openssl-source", 2, 2), (remedy.Package, remedy.Components.Count(), remedy.Flaws.Count()));

        static Finding Built(string name, string id) => Flaws.Of(name, id, "3.0.14") with
        {
            Component = Flaws.Component(name, "3.0.11", "Debian:12", "var/lib/dpkg/status", new SourcePackage("openssl-source", "3.0.11")),
        };
    }

    [Fact]
    public void What_does_not_affect_has_no_row() =>
        Assert.Empty(RemedyList.Of([Flaws.Of("a", "F-1", "2.0.0") with { Status = FindingStatus.NotAffected }]));

    [Fact]
    public void An_exploited_flaw_comes_before_a_critical_one() =>
        Assert.Equal(["b", "a"], RemedyList.Of([Flaws.Of("a", "F-1", "2.0.0", Severity.Critical), Flaws.Of("b", "F-2", "2.0.0", Severity.Low) with { KnownExploited = true }]).Select(remedy => remedy.Package));
}
