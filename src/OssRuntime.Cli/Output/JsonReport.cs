using System.Text.Encodings.Web;
using System.Text.Json;
using OssRuntime.Cli.Scanning;
using OssRuntime.Model.Lifecycles;

namespace OssRuntime.Cli.Output;

/// <summary>Writes the documented JSON of a scan, schema <c>ossruntime.scan/v1</c> (docs/scan-json.md). Nothing is cut.</summary>
internal static class JsonReport
{
    /// <summary>Grows with each field that is added to the schema.</summary>
    private const int SchemaMinor = 3;

    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(Stream output, ScanReport report, CancellationToken cancel)
    {
        await using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("schema", "ossruntime.scan/v1");
        json.WriteNumber("schemaMinor", SchemaMinor);
        WriteDatabase(json, report.Database);
        json.WriteStartArray("targets");
        foreach (var outcome in report.Outcomes)
        {
            WriteTarget(json, outcome, report.References);
            await json.FlushAsync(cancel);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancel);
        output.WriteByte((byte)'\n');
    }

    private static void WriteDatabase(Utf8JsonWriter json, DatabaseSummary? database)
    {
        if (database is null)
        {
            json.WriteNull("database");
            return;
        }

        json.WriteStartObject("database");
        json.WriteString("generation", database.Generation);
        json.WriteOptional("newestRecord", database.NewestRecord?.ToString("O"));
        json.WriteOptional("newestRecordDays", Days(database.Age.NewestRecord));
        json.WriteOptional("fileDays", Days(database.Age.File));
        json.WriteOptional("clockBehindDays", Days(database.Age.ClockBehind));
        json.WriteNumber("advisories", database.Advisories);
        json.WriteEndObject();
    }

    private static int? Days(TimeSpan? age) => (int?)age?.TotalDays;

    private static void WriteTarget(Utf8JsonWriter json, ScanOutcome outcome, AdvisoryReferences? references)
    {
        json.WriteStartObject();
        json.WriteString("target", outcome.Target);
        if (outcome.FailureReason is not null)
        {
            json.WriteStartObject("error");
            json.WriteString("reason", outcome.FailureReason);
            json.WriteString("message", outcome.FailureMessage);
            json.WriteEndObject();
        }

        if (outcome.Inventory is { } inventory)
        {
            json.WriteOptional("digest", inventory.Digest?.Value);
            json.WriteOptional("platform", inventory.Platform?.ToString());
            InventoryJson.WriteOs(json, inventory.OsRelease);
            InventoryJson.Write(json, inventory);
            CheckedJson.Write(json, outcome.Checked!);
            json.WriteNumber("ignored", outcome.Ignored);
            json.WriteNumber("known", outcome.Known);
            json.WriteNumber("hidden", outcome.Hidden);
            json.WriteOptional("hiddenBy", outcome.HiddenBy);
            json.WriteArray("findings", outcome.Findings, (writer, finding) => FindingJson.Write(writer, finding, references?.Of(finding) ?? []));
            json.WriteArray("lifecycle", outcome.Lifecycles, WriteLifecycle);
            json.WriteArray("uncovered", outcome.Uncovered, static (writer, ecosystem) => writer.WriteStringValue(ecosystem));
        }

        ViolationJson.Write(json, outcome.Verdicts);

        json.WriteEndObject();
    }

    private static void WriteLifecycle(Utf8JsonWriter json, LifecycleStatus status)
    {
        json.WriteStartObject();
        json.WriteString("product", status.Product);
        json.WriteString("cycle", status.Cycle);
        json.WriteString("state", status.State.ToString());
        json.WriteOptional("endOfLife", status.EndOfLife?.ToString("O"));
        json.WriteOptional("daysUntilEndOfLife", status.DaysUntilEndOfLife);
        json.WriteString("subject", status.Subject);
        json.WriteString("source", status.Source);
        json.WriteEndObject();
    }
}
