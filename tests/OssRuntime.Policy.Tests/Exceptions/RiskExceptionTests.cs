using System.Collections.Immutable;
using OssRuntime.Model.Packages;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Policy.Tests.Exceptions;

public sealed class RiskExceptionTests
{
    private static readonly DateTimeOffset Expires = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly RiskExceptionSpec Good = new()
    {
        Advisories = ["CVE-2021-1"],
        Reason = "not reachable",
        Expires = Expires,
        Approved = true,
        RequestedBy = "alice",
        ApprovedBy = "bob",
    };

    private static readonly RuleItem Item = new()
    {
        Text = "CVE-2021-1",
        Advisories = ["CVE-2021-1", "GHSA-1"],
        Package = PackageUrl.Parse("pkg:npm/lodash@4.17.15"),
        FixedIn = "4.17.21",
    };

    private static readonly RuleHit Hit = new("prod", new RiskRule { Name = "critical", Subject = RuleSubject.Finding }, [Item], 0);

    private static readonly ExceptionScope Web = new("shop", "Deployment/web", "registry.example/shop/web:1", "sha256:11");

    public static TheoryData<string, RiskExceptionSpec, bool> Matches => new()
    {
        { "the finding", Good, true },
        { "an alias", Good with { Advisories = ["GHSA-*"] }, true },
        { "another finding", Good with { Advisories = ["CVE-2021-2"] }, false },
        { "the package range", Good with { Advisories = [], Packages = ["pkg:npm/lodash <4.17.21"] }, true },
        { "another package range", Good with { Advisories = [], Packages = ["pkg:npm/lodash >4.17.15"] }, false },
        { "the finding in the package", Good with { Packages = ["pkg:npm/lodash"] }, true },
        { "the finding in another package", Good with { Packages = ["pkg:npm/other"] }, false },
        { "the rule", Good with { Advisories = [], Rules = ["prod/critical"] }, true },
        { "another rule", Good with { Rules = ["prod/other"] }, false },
        { "the image by name", Good with { Images = ["registry.example/shop/*"] }, true },
        { "the image by digest", Good with { Images = ["sha256:11"] }, true },
        { "another image", Good with { Images = ["sha256:22"] }, false },
        { "the workload", Good with { Workloads = ["Deployment/web"] }, true },
        { "another workload", Good with { Workloads = ["Deployment/api"] }, false },
        { "until there is a fix, and there is", Good with { UntilFixed = true }, false },
    };

    [Theory]
    [MemberData(nameof(Matches))]
    public void It_covers_what_every_list_names(string what, RiskExceptionSpec spec, bool covered)
    {
        Assert.NotEmpty(what);
        Assert.Equal(covered, Read("shop", spec).Covers(Web, Hit, Item));
    }

    [Fact]
    public void It_holds_in_its_own_namespace_only()
    {
        Assert.False(Read("other", Good).Covers(Web, Hit, Item));
        Assert.True(Read(null, Good).Covers(Web, Hit, Item));
        Assert.False(Read(null, Good with { Namespaces = ["other"] }).Covers(Web, Hit, Item));
    }

    [Fact]
    public void What_is_not_fixed_yet_is_covered_until_it_is() =>
        Assert.True(Read("shop", Good with { UntilFixed = true }).Covers(Web, Hit, Item with { FixedIn = null }));

    [Fact]
    public void All_of_a_rule_is_covered_by_an_exception_from_the_rule_alone()
    {
        Assert.True(Read("shop", Good with { Advisories = [], Rules = ["prod/*"] }).Covers(Web, Hit, null));
        Assert.False(Read("shop", Good with { Rules = ["prod/*"] }).Covers(Web, Hit, null));
    }

    [Fact]
    public void It_ends_at_its_minute_and_a_clock_set_back_brings_it_back()
    {
        var exception = Read("shop", Good);
        Assert.True(exception.IsInForce(Expires - TimeSpan.FromTicks(1)));
        Assert.False(exception.IsInForce(Expires));
        Assert.True(exception.IsInForce(Expires - TimeSpan.FromDays(1)));
    }

    [Theory]
    [InlineData(false, "alice", "bob")]
    [InlineData(true, "alice", "alice")]
    [InlineData(true, "alice", "")]
    [InlineData(true, null, "bob")]
    [InlineData(null, "alice", "bob")]
    public void Without_the_approval_of_somebody_else_it_does_not_count(bool? approved, string? requester, string? approver) =>
        Assert.False(Read("shop", Good with { Approved = approved, RequestedBy = requester, ApprovedBy = approver }).IsInForce(Expires - TimeSpan.FromDays(1)));

    public static TheoryData<string, RiskExceptionSpec> Broken => new()
    {
        { "spec", Good with { Advisories = [] } },
        { "spec.reason", Good with { Reason = " " } },
        { "spec.expires", Good with { Expires = null } },
        { "spec.status", Good with { Status = "accepted" } },
        { "spec.justification", Good with { Status = "not_affected" } },
        { "spec.justification", Good with { Justification = "component_not_present" } },
        { "spec.justification", Good with { Status = "not_affected", Justification = "because" } },
        { "spec.packages[0]", Good with { Packages = ["lodash"] } },
        { "spec.namespaces", Good with { Namespaces = ["other"] } },
        { "spec", Good with { Images = [.. Enumerable.Range(0, 1001).Select(i => $"i{i}")] } },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_is_wrong_is_said_with_its_path(string path, RiskExceptionSpec spec) =>
        Assert.Equal([path], RiskExceptionCompiler.Compile("shop", "web", spec).Errors.Select(error => error.Path));

    [Theory]
    [InlineData(null, false)]
    [InlineData("affected", false)]
    [InlineData("under_investigation", false)]
    [InlineData("fixed", true)]
    [InlineData("not_affected", true)]
    public void What_is_said_not_to_affect_or_to_be_fixed_takes_findings_out(string? status, bool suppresses) =>
        Assert.Equal(suppresses, Read("shop", Good with { Status = status, Justification = status == "not_affected" ? "component_not_present" : null }).Suppresses);

    [Fact]
    public void A_thousand_entries_are_not_too_many() => Read("shop", Good with { Images = [.. Enumerable.Range(0, 999).Select(i => $"i{i}")] });

    [Fact]
    public void A_finding_is_covered_where_its_advisory_or_package_is_named_and_no_rule_is()
    {
        Assert.True(Read("shop", Good).CoversFinding(Web, Item));
        Assert.True(Read("shop", Good with { Advisories = [], Packages = ["pkg:npm/lodash"] }).CoversFinding(Web, Item));
        Assert.False(Read("shop", Good with { Rules = ["prod/critical"] }).CoversFinding(Web, Item));
        Assert.False(Read("shop", Good).CoversFinding(Web with { Namespace = "other" }, Item));
        Assert.False(Read("shop", Good with { Packages = ["pkg:npm/lodash"] }).CoversFinding(Web, Item with { Package = null }));
        Assert.Equal(("shop/web", "web"), (Read("shop", Good).Name, Read(null, Good).Name));
    }

    [Fact]
    public void What_is_not_known_of_a_place_is_not_what_an_exception_names()
    {
        Assert.False(Read("shop", Good with { Workloads = ["*"] }).Covers(Web with { Workload = null }, Hit, Item));
        Assert.False(Read("shop", Good with { Images = ["sha256:*"] }).Covers(Web with { Digest = null }, Hit, Item));
        Assert.True(Read(null, Good with { Namespaces = ["sh*"] }).Covers(Web, Hit, Item));
        Assert.False(Read("shop", Good with { Advisories = [], Packages = ["pkg:npm/lodash"] }).Covers(Web, Hit, null));
        Assert.False(Read("shop", Good with { Advisories = [], Rules = ["prod/*"], UntilFixed = true }).Covers(Web, Hit, null));
    }

    private static RiskException Read(string? @namespace, RiskExceptionSpec spec)
    {
        var reading = RiskExceptionCompiler.Compile(@namespace, "web", spec);
        Assert.Equal(ImmutableArray<FieldError>.Empty, reading.Errors);
        return reading.Exception!;
    }
}
