using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Tests.Feeds.DotNet;

public class DotNetFeedTests
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["dotnet/release-metadata/releases-index.json"] = """
            { "releases-index": [ { "channel-version": "8.0", "support-phase": "maintenance", "eol-date": "2026-11-10" },
              { "channel-version": "6.0", "support-phase": "eol", "eol-date": "2024-11-12" }, { "support-phase": "eol" } ] }
            """,
        ["dotnet/release-metadata/8.0/releases.json"] = """
            { "channel-version": "8.0", "releases": [
              { "release-version": "8.0.11", "release-date": "2024-11-12", "cve-list": [ { "cve-id": "CVE-2024-0001" } ], "runtime": { "version": "8.0.11" } },
              { "release-version": "8.0.10", "release-date": "2024-10-08", "cve-list": [ { "cve-id": "CVE-2024-0001" }, { "cve-id": "cve-2024-0002" } ], "runtime": { "version": "8.0.10" } },
              { "release-version": "8.0.400", "cve-list": [ { "cve-id": "CVE-2024-0003" } ], "runtime": null } ] }
            """,
        ["dotnet/release-metadata/6.0/releases.json"] = """
            { "channel-version": "6.0", "releases": [ { "release-date": "2024-10-08", "cve-list": [ { "cve-id": "CVE-2024-0002" } ], "runtime": { "version": "6.0.35" } } ] }
            """,
        ["dotnet/release-metadata/9.0/releases.json"] = "<html>",
    };

    [Theory]
    [InlineData("8.0.9", "CVE-2024-0001 8.0.10, CVE-2024-0002 8.0.10")]
    [InlineData("8.0.0-preview.1.23110.8", "CVE-2024-0001 8.0.10, CVE-2024-0002 8.0.10")]
    [InlineData("8.0.10", "")]
    [InlineData("6.0.34", "CVE-2024-0002 6.0.35")]
    [InlineData("7.0.0", "")]
    public async Task A_runtime_has_the_flaws_that_later_releases_of_its_channel_fixed(string version, string expected)
    {
        using var database = await TestDatabase.OfFilesAsync(Files);

        var findings = database.Findings(Components.Of("NuGet", "nuget", "Microsoft.NETCore.App", version) with { Type = ComponentType.Runtime });

        Assert.Equal(expected, string.Join(", ", findings.Select(finding => $"{finding.Id} {finding.FixedIn}")));
    }

    [Fact]
    public async Task A_channel_ends_on_the_day_that_its_publisher_names()
    {
        using var database = await TestDatabase.OfFilesAsync(Files);
        var matcher = new Matcher(database.Database);
        var inventory = new ComponentInventory
        {
            Components = [Components.Of("NuGet", "nuget", "Microsoft.NETCore.App", "6.0.36") with { Type = ComponentType.Runtime }],
        };

        Assert.Equal(LifecycleState.EndOfLife, Assert.Single(matcher.Match(inventory, new DateOnly(2024, 11, 12)).Lifecycles).State);
        Assert.Equal(LifecycleState.SecurityOnly, Assert.Single(matcher.Match(inventory, new DateOnly(2024, 11, 11)).Lifecycles).State);
    }

    [Fact]
    public async Task A_channel_that_cannot_be_read_costs_only_itself()
    {
        using var database = await TestDatabase.OfFilesAsync(Files);

        Assert.Equal("dotnet/release-metadata/9.0/releases.json", Assert.Single(Assert.Single(database.Info.Sources).Failures).File);
    }
}
