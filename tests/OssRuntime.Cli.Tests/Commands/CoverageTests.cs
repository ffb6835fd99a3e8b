using System.Text.Json;
using OssRuntime.Cli.Terminal;

namespace OssRuntime.Cli.Tests.Commands;

/// <summary>What a scan says of what it could not check, as its users see it.</summary>
public sealed class CoverageTests(ScanStage stage) : IClassFixture<ScanStage>
{
    private const string Debian = "ID=debian\nVERSION_ID=12\nVERSION_CODENAME=bookworm\nPRETTY_NAME=\"Debian 12\"\n";
    private const string Zlib = "Package: zlib1g\nStatus: install ok installed\nVersion: 1:1.2.13.dfsg-1\nArchitecture: amd64\nSource: zlib\n\n";

    [Fact]
    public async Task The_first_lines_say_that_nothing_was_checked_and_how_old_the_database_is()
    {
        var result = await ScanAsync("debian", [("etc/os-release", Debian), ("var/lib/dpkg/status", Zlib)], "--at", "2026-04-11");
        Assert.Equal(ExitCode.Done, result.ExitCode);
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("  1 of 1 components NOT CHECKED: no advisories for Debian 12 in this database (newest record 100 days old, age of the file not known)", lines[1], StringComparison.Ordinal);
        Assert.Contains("findings      not known: nothing was checked", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("none", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_finding_in_a_target_that_was_partly_checked_says_so()
    {
        var result = await ScanAsync(
            "partly", [("etc/os-release", Debian), ("var/lib/dpkg/status", Zlib), ("app/node_modules/fine/package.json", """{"name":"fine","version":"1.0.0"}""")]);
        Assert.Contains("1 of 2 components checked; not checked: no advisories for Debian 12 in this database", result.Output, StringComparison.Ordinal);
        Assert.Contains("findings      none in the 1 of 2 components that were checked; nothing is known about the rest", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_finding_in_a_target_that_was_checked_is_a_statement()
    {
        var result = await ScanAsync("checked", [("app/node_modules/fine/package.json", """{"name":"fine","version":"1.0.0"}""")], "--strict");
        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Contains("  all 1 components checked (newest record", result.Output, StringComparison.Ordinal);
        Assert.Contains("findings      none in 1 components, all of which were checked", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_inventory_lists_its_components_and_says_that_nothing_was_matched()
    {
        var result = await CommandLine.RunAsync(["scan", stage.Reference, "--inventory-only"]);
        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Contains("2 of 2 components NOT CHECKED: only an inventory was asked for, nothing was matched", result.Output, StringComparison.Ordinal);
        Assert.Contains("left-pad\t1.0.0\tnpm\tapp/node_modules/left-pad/package.json", result.Output, StringComparison.Ordinal);
        Assert.Contains("zlib1g\t1:1.2.13.dfsg-1\tDebian:12", result.Output, StringComparison.Ordinal);
        Assert.Contains("not looked for", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_JSON_says_what_was_not_checked_by_reason()
    {
        var document = (await CommandLine.RunAsync(["scan", stage.Reference, "--db", stage.Database, "--format", "json", "--at", "2026-04-11"])).Json();
        Assert.Equal(100, document.GetProperty("database").GetProperty("newestRecordDays").GetInt32());
        var today = (await CommandLine.RunAsync(["scan", stage.Reference, "--db", stage.Database, "--format", "json"])).Json().GetProperty("database");
        Assert.Equal(0, today.GetProperty("fileDays").GetInt32());
        var coverage = document.GetProperty("targets")[0].GetProperty("checked");
        Assert.Equal(("Partly", 2, 1), (Text(coverage, "state"), coverage.GetProperty("components").GetInt32(), coverage.GetProperty("checked").GetInt32()));
        Assert.Equal(
            ["EcosystemNotCovered Debian 12 1 0", "FilesUnreadable  0 1"],
            coverage.GetProperty("unchecked").EnumerateArray().Select(group => $"{Text(group, "reason")} {Text(group, "subject")} {group.GetProperty("components")} {group.GetProperty("places")}"));
    }

    [Theory]
    [InlineData(ExitCode.Done, "severity=Low,malicious=false,knownExploited")]
    [InlineData(ExitCode.Hit, "unchecked")]
    [InlineData(ExitCode.Hit, "unchecked=EcosystemNotCovered")]
    [InlineData(ExitCode.Hit, "unchecked=NoDatabase,unchecked=FilesUnreadable")]
    [InlineData(ExitCode.Done, "unchecked=VersionNotComparable")]
    [InlineData(ExitCode.Hit, "stale=99d")]
    [InlineData(ExitCode.Done, "stale=100d")]
    [InlineData(ExitCode.Usage, "unchecked=Everything")]
    [InlineData(ExitCode.Usage, "stale=soon")]
    public async Task Pipelines_can_fail_on_what_was_not_checked(int code, string failOn) =>
        Assert.Equal(code, (await CommandLine.RunAsync(["scan", stage.Reference, "--db", stage.Database, "--at", "2026-04-11", "--fail-on", failOn])).ExitCode);

    [Fact]
    public async Task With_a_limit_on_its_age_an_old_database_checks_nothing()
    {
        var result = await CommandLine.RunAsync(["scan", stage.Reference, "--db", stage.Database, "--at", "2026-04-11", "--fail-on", "stale=99d", "--format", "json"]);
        var group = result.Json().GetProperty("targets")[0].GetProperty("checked").GetProperty("unchecked")[0];
        Assert.Equal(("DatabaseStale", 2), (Text(group, "reason"), group.GetProperty("components").GetInt32()));
    }

    [Fact]
    public async Task Strict_ends_with_four_where_something_was_not_checked()
    {
        var result = await CommandLine.RunAsync(["scan", stage.Reference, "--db", stage.Database, "--strict"]);
        Assert.Equal(ExitCode.Partial, result.ExitCode);
        Assert.Contains("1 of 2 components checked; not checked: 1: no advisories for Debian 12", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gate_on_findings_does_not_pass_where_nothing_was_checked()
    {
        var result = await ScanAsync("gated", [("etc/os-release", Debian), ("var/lib/dpkg/status", Zlib)], "--fail-on", "severity=Low");
        Assert.Equal(ExitCode.Partial, result.ExitCode);
        Assert.Contains("1 of 1 components NOT CHECKED", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_root_in_which_nothing_is_recognised_is_not_called_clean()
    {
        var result = await ScanAsync("empty", [("etc/motd", "hello")]);
        Assert.Contains("NOTHING CHECKED: no package and no known program was found", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pkg:deb/debian/zlib1g@1.2.13?distro=debian-12", "NOT COVERED: the database has no data on Debian:12")]
    [InlineData("pkg:npm/right-pad@1.0.0", "not affected: npm is covered, and no advisory in the database names the package")]
    [InlineData("pkg:npm/left-pad@1.1.0", "0 flaws, of 1 statements on the package")]
    [InlineData("pkg:npm/left-pad@not.a.version", "NOT KNOWN for 1 of them, because the version cannot be compared")]
    [InlineData("pkg:npm/left-pad", "affects      GHSA-0000-0000-0001 (")]
    public async Task A_look_up_tells_not_covered_from_not_affected(string purl, string said)
    {
        var result = await CommandLine.RunAsync(["db", "lookup", purl, "--db", stage.Database]);
        Assert.Contains(said, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_tells_not_covered_from_not_affected()
    {
        var result = await CommandLine.RunAsync(["explain", stage.Reference, "zlib1g", "--db", stage.Database]);
        Assert.Contains("NOT COVERED: the database has no data on Debian:12", result.Output, StringComparison.Ordinal);
    }

    private async Task<CommandLineResult> ScanAsync(string root, (string Path, string Content)[] files, params string[] options)
    {
        foreach (var (path, content) in files)
        {
            var file = Path.Combine(stage[root], path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        }

        return await CommandLine.RunAsync(["scan", $"rootfs:{stage[root]}", "--db", stage.Database, .. options]);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
