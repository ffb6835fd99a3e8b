using OssRuntime.Cli.Terminal;

namespace OssRuntime.Cli.Tests.Filters;

/// <summary>What a team leaves for a while, and what an earlier scan found, is told in numbers and judged by no gate.</summary>
public sealed class FindingSieveTests(ScanStage stage) : IClassFixture<ScanStage>
{
    private string Root => $"rootfs:{stage["root"]}";

    [Fact]
    public async Task What_an_earlier_report_has_is_known_and_what_is_new_is_judged()
    {
        var first = await ScanAsync("--format", "json", "-o", stage["first.json"]);
        Assert.Equal(ExitCode.Done, first.ExitCode);

        var same = await ScanAsync("--baseline", stage["first.json"], "--fail-on", "low", "--format", "json");
        Assert.Equal(ExitCode.Done, same.ExitCode);
        Assert.Equal((1, 0), (Target(same).GetProperty("known").GetInt32(), Target(same).GetProperty("findings").GetArrayLength()));

        await File.WriteAllTextAsync(stage["clean.json"], """{"schema":"ossruntime.scan/v1","targets":[{"target":"a","findings":[{"id":"CVE-2026-0001","aliases":[],"component":"pkg:npm/other@1.0.0","status":"Affected"},{"id":"CVE-2026-0001","aliases":[],"component":"pkg:npm/left-pad@1.0.0","status":"NotAffected"}]}]}""", TestContext.Current.CancellationToken);
        var news = await ScanAsync("--baseline", stage["clean.json"], "--fail-on", "low");
        Assert.Equal(ExitCode.Hit, news.ExitCode);
    }

    [Fact]
    public async Task What_is_ignored_is_told_and_not_judged_until_its_last_day()
    {
        await WriteAsync("""{ignore: [{id: "GHSA-*", package: "pkg:npm/left-pad", reason: the input is ours, until: 2027-01-31}]}""");
        var before = await ScanAsync("--ignore", stage["ignore.yaml"], "--at", "2027-01-31", "--fail-on", "low");
        Assert.Equal(ExitCode.Done, before.ExitCode);
        Assert.Contains("1 finding by --ignore; gates do not judge them", before.Output, StringComparison.Ordinal);
        Assert.Contains("findings      no others", before.Output, StringComparison.Ordinal);

        var after = await ScanAsync("--ignore", stage["ignore.yaml"], "--at", "2027-02-01", "--fail-on", "low");
        Assert.Equal(ExitCode.Hit, after.ExitCode);
        Assert.Contains("--ignore of GHSA-* ended on 2027-01-31 and counts no more: the input is ours", after.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ignore: [{id: CVE-1, until: 2027-01-31}]}", "entry 1: reason is missing")]
    [InlineData("{ignore: [{id: CVE-1, reason: x}]}", "entry 1: until is missing")]
    [InlineData("{ignore: [{id: CVE-1, reason: x, until: soon}]}", "entry 1 (CVE-1): until is no day: write yyyy-mm-dd")]
    [InlineData("{ignore: [{id: CVE-1, reason: x, until: 2027-01-31, purl: x}]}", "entry 1: 'purl' is not known: the fields are id, package, reason, until")]
    [InlineData("{ignore: [{id: CVE-1, reason: x, until: 2027-01-31, package: 'pkg:'}]}", "entry 1 (CVE-1): package ")]
    [InlineData("[CVE-1]", "it has no list 'ignore'")]
    [InlineData("{ignore: [CVE-1]}", "entry 1 is no object with id, reason and until")]
    public async Task An_entry_that_lacks_something_is_named(string yaml, string message)
    {
        await WriteAsync(yaml);
        var result = await ScanAsync("--ignore", stage["ignore.yaml"]);
        Assert.Equal(ExitCode.Unreadable, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"bomFormat":"CycloneDX"}""", "is no report of a scan")]
    [InlineData("{", "cannot be read")]
    [InlineData("""{"schema":"ossruntime.scan/v1","targets":[{"findings":[{"id":1}]}]}""", "cannot be read")]
    public async Task A_baseline_that_is_no_report_is_refused(string json, string message)
    {
        await File.WriteAllTextAsync(stage["baseline.json"], json, TestContext.Current.CancellationToken);
        var result = await ScanAsync("--baseline", stage["baseline.json"]);
        Assert.Equal(ExitCode.Unreadable, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    private Task WriteAsync(string yaml) => File.WriteAllTextAsync(stage["ignore.yaml"], yaml, TestContext.Current.CancellationToken);

    private Task<CommandLineResult> ScanAsync(params string[] more) => CommandLine.RunAsync(["scan", Root, "--db", stage.Database, .. more]);

    private static System.Text.Json.JsonElement Target(CommandLineResult result) => result.Json().GetProperty("targets")[0];
}
