using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Lifecycles;

namespace OssRuntime.Advisories.Tests.Feeds.DebianSupport;

public class DebianSupportFeedTests
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["distro-eol/debian-security-support/security-support-ended.deb12"] =
            "# a comment\n\nlxd             5.0.2-5+deb12u6         2026-06-12      too complex\nphp-horde.*\t0\t2025-03-22\tx\nbroken 1.0\n",
        ["distro-eol/debian-security-support/security-support-ended.deb11"] = "lxd 4.0 2024-01-01 gone\n",
        ["distro-eol/debian-security-support/security-support-limited"] = "# comment\nqtwebkit        only for trusted content\n",
    };

    [Theory]
    [InlineData("12", "2026-06-11", LifecycleState.Supported, 1)]
    [InlineData("12", "2026-06-12", LifecycleState.EndOfLife, 0)]
    [InlineData("11", "2026-06-11", LifecycleState.EndOfLife, -892)]
    public async Task A_package_ends_before_its_release(string release, string day, LifecycleState state, int days)
    {
        using var database = await TestDatabase.OfFilesAsync(Files);
        var inventory = new ComponentInventory
        {
            Components = [Components.Debian("lxd-client", "5.0.2-5", "lxd", release: release), Components.Debian("bash", "5.2", release: release)],
        };

        var status = Assert.Single(new Matcher(database.Database).Match(inventory, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)).Lifecycles);

        Assert.Equal(("lxd", $"debian {release}", state, days), (status.Product, status.Cycle, status.State, status.DaysUntilEndOfLife!.Value));
    }

    [Fact]
    public async Task Patterns_limits_and_broken_lines_are_counted()
    {
        using var database = await TestDatabase.OfFilesAsync(Files);

        var source = Assert.Single(database.Info.Sources);
        Assert.Equal((4, 1, 3), ((int)source.Read, (int)source.Kept, (int)source.Skipped));
        Assert.Equal(["broken", "php-horde.*", "qtwebkit"], source.Reasons.SelectMany(reason => reason.Examples).Order(StringComparer.Ordinal));
    }
}
