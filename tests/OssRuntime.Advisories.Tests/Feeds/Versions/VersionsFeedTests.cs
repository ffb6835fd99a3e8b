using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Findings;

namespace OssRuntime.Advisories.Tests.Feeds.Versions;

public class VersionsFeedTests
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["versions/npm.tsv"] = "left\t1.0.0\nleft\t1.1.0\tyanked\nleft\t1.2.0\tdeprecated\r\nleft\t1.3.0\tfunny\nleft\n\t1.0.0\n",
        ["versions/gem.tsv"] = "rails\t7.0.0\n",
    };

    [Theory]
    [InlineData("left", "1.0.0", null, null)]
    [InlineData("left", "1.1.0", "VERSION-YANKED", "yanked")]
    [InlineData("left", "1.2.0", null, "deprecated")]
    [InlineData("left", "9.9.9", "VERSION-UNKNOWN", null)]
    [InlineData("right", "9.9.9", null, null)]
    public async Task A_version_that_nobody_published_or_that_was_given_up_is_told_where_an_index_has_the_package(string name, string version, string? finding, string? cycle)
    {
        using var database = await TestDatabase.OfFilesAsync(Files);

        var result = database.Match(Components.Npm(name, version));

        Assert.Equal(finding, result.Findings.SingleOrDefault()?.Id);
        Assert.Equal(cycle is null ? "" : $"{name} {cycle} EndOfLife", result.Lifecycles.SingleOrDefault() is { } state ? $"{state.Product} {state.Cycle} {state.State}" : "");
    }

    [Fact]
    public async Task Lists_are_called_by_purl_types()
    {
        using var database = await TestDatabase.OfFilesAsync(Files);

        Assert.Equal("VERSION-UNKNOWN", Assert.Single(database.Findings(Components.Of("RubyGems", "gem", "rails", "7.0.1"))).Id);
        Assert.Empty(database.Findings(Components.Of("RubyGems", "gem", "rails", "7.0.0")));
    }

    [Fact]
    public async Task What_came_from_another_registry_or_belongs_to_the_distribution_is_not_judged()
    {
        using var database = await TestDatabase.OfFilesAsync(Files);

        Assert.Empty(database.Findings(
            Components.Npm("left", "9.9.9") with { Origin = "https://npm.acme.example/left" },
            Components.Npm("left", "9.9.8") with { OwnedBy = "pkg:deb/debian/node-left@9.9.8" }));
    }

    [Fact]
    public async Task Lines_that_say_nothing_are_counted()
    {
        using var database = await TestDatabase.OfFilesAsync(Files);

        var source = database.Info.Sources.Single(source => source.Name == "versions/npm");
        Assert.Equal((6, 3, 3), ((int)source.Read, (int)source.Kept, (int)source.Skipped));
        Assert.Equal(Severity.Medium, Assert.Single(database.Findings(Components.Npm("left", "2.0.0"))).Severity);
    }

    [Fact]
    public async Task A_list_without_line_ends_is_not_taken_into_memory()
    {
        using var database = await TestDatabase.OfFilesAsync(new Dictionary<string, string> { ["versions/npm.tsv"] = "left\t1.0.0\n" + new string('x', 100_000) });

        var source = Assert.Single(database.Info.Sources);
        Assert.Equal("a line is longer than 4096 characters", Assert.Single(source.Failures).Reason);
        Assert.Equal(1, source.Kept);
    }
}
