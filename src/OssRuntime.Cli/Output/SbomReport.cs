using OssRuntime.Cli.Scanning;
using OssRuntime.Inventory.Sboms;
using OssRuntime.Model.Builds;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Cli.Output;

/// <summary>Writes the inventory of one target as an SBOM, dated by the day of the scan, so that the same day gives the same bytes.</summary>
internal static class SbomReport
{
    /// <summary>The SBOM format of a report's; null for a report that is none.</summary>
    public static SbomFormat? FormatOf(ReportFormat format) => format switch
    {
        ReportFormat.CycloneDx => SbomFormat.CycloneDxJson,
        ReportFormat.Spdx => SbomFormat.SpdxJson,
        ReportFormat.Spdx3 => SbomFormat.Spdx3Json,
        _ => null,
    };

    /// <summary>True for a report that is of one target, and of none that could not be read.</summary>
    public static bool IsOfOneTarget(ReportFormat format) => format == ReportFormat.CycloneDxVex || FormatOf(format) is not null;

    /// <summary>Writes the SBOM alone.</summary>
    public static void Write(Stream output, SbomFormat format, ScanOutcome outcome, DateOnly day)
    {
        SbomWriter.Write(output, format, outcome.Inventory!, SubjectOf(outcome, day));
        output.WriteByte((byte)'\n');
    }

    /// <summary>Writes CycloneDX with what was found, what VEX says of it, and what was not checked.</summary>
    public static void WriteFindings(Stream output, ScanReport report)
    {
        var outcome = report.Outcomes[0];
        var database = report.Database is { } known ? $"generation {known.Generation}, {known.Age}" : "none";
        SbomWriter.WriteFindings(output, outcome.Inventory!, SubjectOf(outcome, report.Day), new SbomFindings([.. outcome.Findings.Order(PressingOrder.Instance)], outcome.Checked!, database) { Hidden = outcome.Hidden });
        output.WriteByte((byte)'\n');
    }

    private static SbomSubject SubjectOf(ScanOutcome outcome, DateOnly day) =>
        new(outcome.Target, new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), BuildVersion.Text);
}
