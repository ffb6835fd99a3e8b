using OssRuntime.Advisories.Matching;
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

    private static readonly string[] Lines =
    [
        "left|1.0.0||2024-05-06", "left|1.0.1||2024-05-06T07:08:09.123Z", "left|1.0.2|deprecated|2024-05-06T23:30:00-02:00",
        "left|1.0.3|yanked|2024-05-06|more", "left|1.0.4", "left|1.0.5||yesterday", "left|1.0.6||1900-01-01T00:00:00Z", "left|1.0.7||", "left|1.0.8||2024-05-08",
        "left|1.0.8||2024-05-06",
    ];

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

    [Theory]
    [InlineData("1.0.0", "2024-05-06")]
    [InlineData("1.0.1", "2024-05-06")]
    [InlineData("1.0.2", "2024-05-07")]
    [InlineData("1.0.3", "2024-05-06")]
    [InlineData("1.0.4", null)]
    [InlineData("1.0.5", null)]
    [InlineData("1.0.6", null)]
    [InlineData("1.0.7", null)]
    [InlineData("1.0.8", "2024-05-06")]
    [InlineData("9.9.9", null)]
    public async Task The_day_of_publication_is_kept_where_a_line_has_one(string version, string? day)
    {
        using var database = await DatedAsync(Lines);

        Assert.Equal(day, new Matcher(database.Database).PublishedOn(Components.Npm("left", version))?.ToString("O"));
    }

    [Fact]
    public async Task A_day_that_is_none_is_left_out_and_its_version_kept()
    {
        using var database = await DatedAsync(Lines);

        var source = database.Info.Sources.Single(source => source.Name == "versions/npm");
        Assert.Equal((10, 10, 0, 2), ((int)source.Read, (int)source.Kept, (int)source.Duplicates, (int)source.Trimmed));
        Assert.Equal("when the version was published is no day since 1970", Assert.Single(source.Reasons).Reason);
        Assert.Empty(database.Findings(Components.Npm("left", "1.0.5"), Components.Npm("left", "1.0.6")));
        Assert.Equal("VERSION-YANKED", Assert.Single(database.Findings(Components.Npm("left", "1.0.3"))).Id);
    }

    [Fact]
    public async Task What_came_from_elsewhere_or_belongs_to_the_distribution_has_no_day()
    {
        using var database = await DatedAsync(Lines);
        var matcher = new Matcher(database.Database);

        Assert.NotNull(matcher.PublishedOn(Components.Npm("left", "1.0.0") with { Origin = "https://registry.npmjs.org/left" }));
        Assert.Null(matcher.PublishedOn(Components.Npm("left", "1.0.0") with { Origin = "https://npm.acme.example/left" }));
        Assert.Null(matcher.PublishedOn(Components.Npm("left", "1.0.0") with { OwnedBy = "pkg:deb/debian/node-left@1.0.0" }));
        Assert.Null(matcher.PublishedOn(Components.Of("RubyGems", "gem", "left", "1.0.0")));
        Assert.Null(matcher.PublishedOn(Components.PyPI("left", "1.0.0")));
    }

    [Fact]
    public async Task Of_two_lines_on_a_version_the_earlier_day_counts_in_whatever_order_they_come()
    {
        using var first = await DatedAsync(Lines);
        using var second = await DatedAsync([.. Lines.Reverse()]);

        Assert.All(
            Enumerable.Range(0, 10).Select(i => Components.Npm("left", $"1.0.{i}")),
            left => Assert.Equal(new Matcher(first.Database).PublishedOn(left), new Matcher(second.Database).PublishedOn(left)));
    }

    [Fact]
    public async Task A_list_without_line_ends_is_not_taken_into_memory()
    {
        using var database = await TestDatabase.OfFilesAsync(new Dictionary<string, string> { ["versions/npm.tsv"] = "left\t1.0.0\n" + new string('x', 100_000) });

        var source = Assert.Single(database.Info.Sources);
        Assert.Equal("a line is longer than 4096 characters", Assert.Single(source.Failures).Reason);
        Assert.Equal(1, source.Kept);
    }

    private static Task<TestDatabase> DatedAsync(string[] lines) => TestDatabase.OfFilesAsync(new Dictionary<string, string>
    {
        ["versions/npm.tsv"] = string.Join('\n', lines).Replace('|', '\t'),
        ["versions/gem.tsv"] = "left\t1.0.0\n",
    });
}
