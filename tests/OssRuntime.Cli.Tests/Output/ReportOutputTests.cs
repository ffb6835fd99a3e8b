using OssRuntime.Cli.Output;

namespace OssRuntime.Cli.Tests.Output;

/// <summary>What <c>--format</c> and <c>--output</c> mean together.</summary>
public sealed class ReportOutputTests
{
    [Theory]
    [InlineData("Table -", null)]
    [InlineData("Table a.txt", null, "a.txt")]
    [InlineData("Json a.json", "json", "a.json")]
    [InlineData("Table - | Json a.json", null, "json=a.json")]
    [InlineData("Table - | Json a.json | Spdx b.json", null, "json=a.json", "SPDX=b.json")]
    [InlineData("Json - | Spdx b.json", "json", "spdx=b.json")]
    [InlineData("Json a.json | Spdx b.json", "json", "spdx=b.json", "a.json")]
    [InlineData("Json -", null, "json=-")]
    [InlineData("Table -", null, "-")]
    [InlineData("Table a.txt | Json -", null, "json=-", "a.txt")]
    [InlineData("Table ./json=a", null, "./json=a")]
    [InlineData("Json a=b.json | Table -", null, "json=a=b.json", "table=-")]
    public void Each_report_has_a_format_and_a_place(string expected, string? format, params string[] outputs) =>
        Assert.Equal(expected, string.Join(" | ", Parse(format, outputs).Read.Select(report => $"{report.Format} {report.Path ?? "-"}")));

    [Theory]
    [InlineData("'serif' is not a format: the formats are table, json,", null, "serif=a.txt")]
    [InlineData("write json=FILE, or json=- for standard output", null, "json=")]
    [InlineData("given twice without a format (a, b)", null, "a", "b")]
    [InlineData("standard output can take one report only, and json and spdx", null, "json=-", "spdx=-")]
    [InlineData("standard output can take one report only, and table and json", "table", "json=-")]
    [InlineData("can take one report only, and json and spdx", null, "json=a", "spdx=./a")]
    public void What_does_not_go_together_is_said(string expected, string? format, params string[] outputs) =>
        Assert.Contains(expected, Parse(format, outputs).Error, StringComparison.Ordinal);

    private static (IReadOnlyList<ReportOutput> Read, string? Error) Parse(string? format, string[] outputs) =>
        ReportOutput.Parse(format is null ? ReportFormat.Table : ReportFormats.Find(format)!.Value, format is not null, outputs);
}
