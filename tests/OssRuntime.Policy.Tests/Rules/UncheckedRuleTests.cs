using OssRuntime.Model.Coverage;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Policy.Tests.Rules;

/// <summary>A rule on what could not be checked.</summary>
public sealed class UncheckedRuleTests
{
    private static readonly CheckCoverage Coverage = new(
        10,
        5,
        [
            new UncheckedGroup(UncheckedReason.EcosystemNotCovered, "Debian 12", 4, 0, []),
            new UncheckedGroup(UncheckedReason.VersionNotComparable, "npm", 1, 0, ["a@x"]),
            new UncheckedGroup(UncheckedReason.FilesUnreadable, "", 0, 2, ["a.jar", "b.jar"]),
        ]);

    [Theory]
    [InlineData("", null, null, 3)]
    [InlineData("EcosystemNotCovered", null, null, 1)]
    [InlineData("EcosystemNotCovered VersionNotComparable", null, null, 2)]
    [InlineData("NoDatabase", null, null, 0)]
    [InlineData("", 5, null, 3)]
    [InlineData("", 6, null, 0)]
    [InlineData("EcosystemNotCovered", 4, null, 1)]
    [InlineData("EcosystemNotCovered", 5, null, 0)]
    [InlineData("", null, 50, 3)]
    [InlineData("", null, 51, 0)]
    [InlineData("EcosystemNotCovered", null, 40, 1)]
    [InlineData("EcosystemNotCovered", null, 41, 0)]
    [InlineData("", 5, 51, 0)]
    [InlineData("", 6, 50, 0)]
    [InlineData("FilesUnreadable", null, null, 1)]
    [InlineData("FilesUnreadable", 1, null, 0)]
    public void It_counts_the_components_of_the_reasons_that_it_names(string reasons, int? atLeast, int? atLeastPercent, int lines) =>
        Assert.Equal(lines, new UncheckedRule([.. reasons.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<UncheckedReason>)], atLeast, atLeastPercent).Broken(Coverage).Length);

    [Fact]
    public void It_says_how_much_and_why() =>
        Assert.Equal(
            [
                "EcosystemNotCovered: 4 of 10 components: no advisories for Debian 12 in this database",
                "VersionNotComparable: 1 of 10 components: versions of npm that cannot be compared with the advisories' (a@x)",
                "FilesUnreadable: 2 files could not be read (a.jar, b.jar)",
            ],
            new UncheckedRule([], null, null).Broken(Coverage));

    [Fact]
    public void Full_coverage_breaks_nothing() => Assert.Empty(new UncheckedRule([], null, null).Broken(new CheckCoverage(3, 3, [])));
}
