using OssRuntime.Cli.Output.Html;
using OssRuntime.Cli.Output.JUnit;
using OssRuntime.Cli.Output.Markdown;
using OssRuntime.Cli.Output.OpenReports;
using OssRuntime.Cli.Output.Sarif;
using OssRuntime.Cli.Terminal;
using Spectre.Console;

namespace OssRuntime.Cli.Output;

/// <summary>Writes one scan in the formats and to the places that the user named.</summary>
/// <param name="report">The scan.</param>
/// <param name="onlyViolations">True where people want to see what policies say, and nothing else.</param>
/// <param name="all">True where a table is to show each finding and each path.</param>
internal sealed class ReportPrinter(ScanReport report, bool onlyViolations, bool all)
{
    /// <summary>Writes all of them. A target that could not be read leaves no file behind that looks like an SBOM, and every other report is written before that is told.</summary>
    /// <exception cref="CommandLineException">An SBOM was asked for, and its target could not be read.</exception>
    public async Task PrintAsync(IEnumerable<ReportOutput> outputs, CancellationToken cancel)
    {
        var unwritten = false;
        foreach (var output in outputs)
        {
            if (SbomReport.IsOfOneTarget(output.Format) && report.Outcomes[0].Inventory is null)
            {
                unwritten = true;
                continue;
            }

            using var file = ReportFile.Open(output.Path);
            await PrintAsync(output, file.Stream, cancel);
            file.Finish();
        }

        if (unwritten)
        {
            var outcome = report.Outcomes[0];
            throw new CommandLineException(ExitCode.Unreadable, TerminalText.Safe($"{outcome.Target}: {outcome.FailureReason}: {outcome.FailureMessage}"));
        }
    }

    private async Task PrintAsync(ReportOutput output, Stream stream, CancellationToken cancel)
    {
        switch (output.Format)
        {
            case ReportFormat.Json:
                await JsonReport.WriteAsync(stream, report, cancel);
                break;
            case ReportFormat.Sarif:
                SarifReport.Write(stream, report);
                break;
            case ReportFormat.Markdown:
                MarkdownReport.Write(stream, report);
                break;
            case ReportFormat.JUnit:
                JUnitReport.Write(stream, report);
                break;
            case ReportFormat.Html:
                HtmlReport.Write(stream, report);
                break;
            case ReportFormat.OpenReports:
                OpenReportsReport.Write(stream, report);
                break;
            case ReportFormat.CycloneDxVex:
                SbomReport.WriteFindings(stream, report);
                break;
            case ReportFormat.Table:
                await PrintTableAsync(output, stream);
                break;
            default:
                SbomReport.Write(stream, SbomReport.FormatOf(output.Format)!.Value, report.Outcomes[0], report.Day);
                break;
        }
    }

    private async Task PrintTableAsync(ReportOutput output, Stream stream)
    {
        await using var text = new StreamWriter(stream, leaveOpen: true);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text) });
        var isPiped = output.Path is not null || Console.IsOutputRedirected;
        var layout = ReportLayout.Of(console.Profile.Width, isPiped, all, Environment.GetEnvironmentVariable);
        if (isPiped)
        {
            console.Profile.Capabilities.Ansi = false;
        }

        // The report folds its lines itself, between words.
        console.Profile.Width = int.MaxValue;
        var writer = new ReportWriter(console, layout);
        if (onlyViolations)
        {
            new VerdictReport(writer).Write(report.Outcomes);
        }
        else
        {
            new TableReport(writer).Write(report.Database, report.Outcomes);
        }
    }
}
