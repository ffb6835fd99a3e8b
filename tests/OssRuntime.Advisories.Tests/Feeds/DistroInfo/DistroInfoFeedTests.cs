using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Lifecycles;

namespace OssRuntime.Advisories.Tests.Feeds.DistroInfo;

public class DistroInfoFeedTests
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["distro-eol/distro-info/debian.csv"] = """
            version,codename,series,created,release,eol,eol-lts,eol-elts
            9,Stretch,stretch,2015-04-26,2017-06-17,2020-07-18,2022-06-30,2027-06-30
            14,Forky,forky,2025-08-09
            ,Sid,sid,1993-08-16
            """,
        ["distro-eol/distro-info/ubuntu.csv"] = """
            version,codename,series,created,release,eol,eol-server,eol-esm,eol-legacy
            22.04 LTS,Jammy Jellyfish,jammy,2021-10-14,2022-04-21,2027-06-01,2027-06-02,2032-04-21,2034-04-25
            """,
    };

    [Theory]
    [InlineData("debian", "9", "2020-07-17", false, LifecycleState.Supported, "2022-06-30")]
    [InlineData("debian", "9", "2020-07-18", false, LifecycleState.SecurityOnly, "2022-06-30")]
    [InlineData("debian", "9", "2026-07-18", false, LifecycleState.EndOfLife, "2022-06-30")]
    [InlineData("debian", "9", "2026-07-18", true, LifecycleState.SecurityOnly, "2027-06-30")]
    [InlineData("ubuntu", "22.04", "2027-06-01", false, LifecycleState.Supported, "2027-06-02")]
    [InlineData("ubuntu", "22.04", "2030-01-01", true, LifecycleState.SecurityOnly, "2034-04-25")]
    [InlineData("debian", "14", "2026-01-01", false, LifecycleState.Unknown, null)]
    public async Task A_release_ends_on_the_day_that_its_publisher_names(string id, string version, string day, bool extended, LifecycleState state, string? end)
    {
        using var database = await TestDatabase.OfFilesAsync(Files);
        var matcher = new Matcher(database.Database, new MatchOptions { ExtendedSupport = extended ? [id] : [] });
        var inventory = new ComponentInventory { OsRelease = new OsRelease(id, version, null, null, []), Components = [] };

        var status = Assert.Single(matcher.Match(inventory, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)).Lifecycles);

        Assert.Equal((state, end), (status.State, status.EndOfLife?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task A_file_with_another_header_is_a_failed_file()
    {
        using var database = await TestDatabase.OfFilesAsync(new Dictionary<string, string>(Files) { ["distro-eol/distro-info/debian.csv"] = "a,b,c\n1,2,3\n" });

        var source = Assert.Single(database.Info.Sources);
        Assert.Equal(("distro-eol/distro-info/debian.csv", 1), (Assert.Single(source.Failures).File, (int)source.Kept));
    }
}
