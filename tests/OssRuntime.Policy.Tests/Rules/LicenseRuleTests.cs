using OssRuntime.Policy.Rules;

namespace OssRuntime.Policy.Tests.Rules;

/// <summary>Licence expressions are understood, not searched for words.</summary>
public sealed class LicenseRuleTests
{
    [Theory]
    [InlineData("AGPL-*", "AGPL-3.0-only", true)]
    [InlineData("GPL-*", "AGPL-3.0-only", false)]
    [InlineData("GPL-*", "LGPL-2.1-only", false)]
    [InlineData("AGPL-*", "MIT OR AGPL-3.0-only", false)]
    [InlineData("AGPL-*", "MIT AND AGPL-3.0-only", true)]
    [InlineData("AGPL-*", "(MIT OR Apache-2.0) AND AGPL-3.0-only", true)]
    [InlineData("AGPL-*", "MIT OR Apache-2.0 AND AGPL-3.0-only", false)]
    [InlineData("AGPL-*", "AGPL-3.0-only OR AGPL-3.0-or-later", true)]
    [InlineData("agpl-3.0-only", "mit and AGPL-3.0-ONLY", true)]
    [InlineData("GPL-2.0-only", "GPL-2.0", true)]
    [InlineData("GPL-2.0", "GPL-2.0-only", true)]
    [InlineData("GPL-2.0-or-later", "GPL-2.0+", true)]
    [InlineData("GPL-2.0-or-later", "GPL-2+", true)]
    [InlineData("GPL-2.0-only", "GPL-2.0+", false)]
    [InlineData("GPL-*", "GPL-2.0-only WITH Classpath-exception-2.0", false)]
    [InlineData("GPL-* WITH *", "GPL-2.0-only WITH Classpath-exception-2.0", true)]
    [InlineData("GPL-* WITH Bison*", "GPL-2.0-only WITH Classpath-exception-2.0", false)]
    [InlineData("GPL-* WITH *", "GPL-2.0-only", false)]
    [InlineData("Commercial*", "Commercial License, see LICENSE", true)]
    [InlineData("SEE LICENSE IN *", "SEE LICENSE IN LICENSE.md", true)]
    [InlineData("LGPL-2.1-only", "LGPL-2.1", true)]
    [InlineData("AGPL-3.0-only", "AGPL-3.0", true)]
    [InlineData("GFDL-1.3-only", "GFDL-1.3", true)]
    [InlineData("AGPL-3.0-only", "AGPL-3.0-only AND MIT", true)]
    [InlineData("AGPL-3.0-only", "AGPL-3.0-only AND OR", false)]
    [InlineData("AGPL-3.0-only", "AGPL-3.0-only AND AND", false)]
    [InlineData("AGPL-3.0-only", "AGPL-3.0-only AND WITH", false)]
    [InlineData("AGPL-3.0-only", "AGPL-3.0-only AND )", false)]
    [InlineData("AGPL-3.0-only", "AGPL-3.0-only AND (MIT", false)]
    [InlineData("AGPL-3.0-only", "(AGPL-3.0-only", false)]
    [InlineData("AGPL-3.0-only", "AGPL-3.0-only AND MIT WITH", false)]
    [InlineData("AGPL-3.0-only", "AGPL-3.0-only AND MIT WITH AND", false)]
    [InlineData("AGPL-*", "MIT AND", false)]
    [InlineData("AGPL-*", "((((", false)]
    [InlineData("AGPL-*", "", false)]
    public void A_denied_licence_breaks_a_rule_where_there_is_no_way_around_it(string denied, string declared, bool broken) =>
        Assert.Equal(broken, LicenseRule.WhyNot(Rule() with { Licenses = [denied] }, [declared]) is not null);

    [Theory]
    [InlineData("MIT", true)]
    [InlineData("MIT OR AGPL-3.0-only", true)]
    [InlineData("MIT AND AGPL-3.0-only", false)]
    [InlineData("MIT AND Apache-2.0", true)]
    [InlineData("Apache-2.0 WITH LLVM-exception", false)]
    [InlineData("Somebody's own", false)]
    public void Where_licences_are_allowed_the_others_break_the_rule(string declared, bool allowed) =>
        Assert.Equal(allowed, LicenseRule.WhyNot(Rule() with { AllowedLicenses = ["MIT", "Apache-2.0", "BSD-*"] }, [declared]) is null);

    [Fact]
    public void Every_declaration_applies_and_no_declaration_breaks_nothing()
    {
        Assert.Equal("is under AGPL-3.0-only", LicenseRule.WhyNot(Rule() with { Licenses = ["AGPL-*"] }, ["MIT", "AGPL-3.0-only"]));
        Assert.Null(LicenseRule.WhyNot(Rule() with { Licenses = ["*"] }, []));
        Assert.Null(LicenseRule.WhyNot(Rule() with { Licenses = ["*"] }, default));
    }

    [Fact]
    public void Expressions_from_hell_are_names()
    {
        Assert.Null(LicenseRule.WhyNot(Rule() with { Licenses = ["AGPL-*"] }, [new string('(', 100_000)]));
        Assert.Null(LicenseRule.WhyNot(Rule() with { Licenses = ["AGPL-*"] }, [string.Concat(Enumerable.Repeat("(", 200)) + "AGPL-3.0-only" + string.Concat(Enumerable.Repeat(")", 200))]));
        Assert.NotNull(LicenseRule.WhyNot(Rule() with { Licenses = ["*"] }, [string.Join(" AND ", Enumerable.Repeat("MIT", 900))]));
    }

    private static RiskRule Rule() => new() { Name = "r", Subject = RuleSubject.Package };
}
