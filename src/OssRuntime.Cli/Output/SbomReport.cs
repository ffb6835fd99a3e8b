using OssRuntime.Cli.Scanning;
using OssRuntime.Inventory.Sboms;
using OssRuntime.Model.Builds;

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

    public static void Write(Stream output, SbomFormat format, ScanOutcome outcome, DateOnly day)
    {
        var created = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        SbomWriter.Write(output, format, outcome.Inventory!, new SbomSubject(outcome.Target, created, BuildVersion.Text));
        output.WriteByte((byte)'\n');
    }
}
