using System.Text.Json;
using OssRuntime.Cli.Output;
using OssRuntime.Cli.Terminal;

namespace OssRuntime.Cli.Tests.Commands;

/// <summary>Several reports of one scan.</summary>
public sealed class ScanOutputTests(ScanStage stage) : IClassFixture<ScanStage>
{
    [Fact]
    public async Task One_scan_writes_several_reports_and_still_prints_the_table()
    {
        var result = await CommandLine.RunAsync(
            ["scan", stage.Reference, "--db", stage.Database, "-o", $"json={stage["several.json"]}", "--output", $"CycloneDX={stage["several.cdx.json"]}"]);
        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Contains("CVE-2026-0001", result.Output, StringComparison.Ordinal);
        Assert.Contains("1 of 2 components checked", result.Output, StringComparison.Ordinal);
        Assert.Equal("ossruntime.scan/v1", await RootAsync("several.json", "schema"));
        Assert.Equal("CycloneDX", await RootAsync("several.cdx.json", "bomFormat"));
    }

    [Fact]
    public async Task With_a_target_that_cannot_be_read_all_reports_but_the_SBOM_are_written()
    {
        var result = await CommandLine.RunAsync(
            ["scan", "rootfs:nowhere", "--db", stage.Database, "-o", $"spdx={stage["failed.spdx.json"]}", "-o", $"json={stage["failed.json"]}"]);
        Assert.Equal(ExitCode.Unreadable, result.ExitCode);
        Assert.Equal("ossruntime.scan/v1", await RootAsync("failed.json", "schema"));
        Assert.False(File.Exists(stage["failed.spdx.json"]));
        Assert.Contains("rootfs:nowhere: SourceNotFound", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_format_tells_what_was_not_checked()
    {
        var formats = ReportFormats.List.Where(name => SbomReport.FormatOf(ReportFormats.Find(name)!.Value) is null).ToList();
        var result = await CommandLine.RunAsync(
            ["scan", stage.Reference, "--db", stage.Database, "--format", "json", "-o", "-", .. formats.SelectMany(name => (string[])["-o", $"{name}={stage["all." + name]}"])]);
        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Contains("html", formats);
        foreach (var format in formats)
        {
            var text = await File.ReadAllTextAsync(stage["all." + format], TestContext.Current.CancellationToken);
            Assert.True(text.Contains("no advisories for Debian 12", StringComparison.Ordinal), format);
            Assert.True(text.Contains("CVE-2026-0001", StringComparison.Ordinal), format);
        }
    }

    [Fact]
    public async Task Every_format_tells_of_a_target_that_could_not_be_read()
    {
        var formats = ReportFormats.List.Where(name => !SbomReport.IsOfOneTarget(ReportFormats.Find(name)!.Value)).ToList();
        var result = await CommandLine.RunAsync(
            ["scan", "rootfs:nowhere", $"rootfs:{stage["root"]}", "--db", stage.Database, .. formats.SelectMany(name => (string[])["-o", $"{name}={stage["part." + name]}"])]);
        Assert.Equal(ExitCode.Partial, result.ExitCode);
        foreach (var format in formats)
        {
            var text = await File.ReadAllTextAsync(stage["part." + format], TestContext.Current.CancellationToken);
            Assert.True(text.Contains("rootfs:nowhere", StringComparison.Ordinal), format);
            Assert.True(text.Contains("could not be read", StringComparison.Ordinal) || text.Contains("SourceNotFound", StringComparison.Ordinal), format);
        }
    }

    [Fact]
    public async Task References_of_the_database_are_in_the_JSON()
    {
        var result = await CommandLine.RunAsync(["scan", stage.Reference, "--db", stage.Database, "--format", "json"]);
        var finding = result.Json().GetProperty("targets")[0].GetProperty("findings")[0];
        Assert.Equal(["https://example.org/pads"], finding.GetProperty("references").EnumerateArray().Select(address => address.GetString()));
    }

    [Theory]
    [InlineData("--format", "xml")]
    [InlineData("-o", "xml=report.xml")]
    public async Task An_unknown_format_names_the_known_ones(params string[] options)
    {
        var result = await CommandLine.RunAsync(["scan", stage.Reference, "--db", stage.Database, .. options]);
        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("xml", result.Error, StringComparison.Ordinal);
        Assert.Contains("the formats are table, json, ", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists("report.xml"));
    }

    private async Task<string?> RootAsync(string file, string property)
    {
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(stage[file], TestContext.Current.CancellationToken));
        return document.RootElement.GetProperty(property).GetString();
    }
}
