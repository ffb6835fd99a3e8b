using System.Text.Json;

namespace OssRuntime.Cli.Output.Sarif;

/// <summary>Writes how the run went: what could not be read or checked, as notifications, and how much of each target was.</summary>
internal static class SarifInvocation
{
    public static void Write(Utf8JsonWriter json, ScanReport report, IEnumerable<Gap> gaps)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", report.Outcomes.All(outcome => outcome.FailureReason is null));
        json.WriteStartArray("toolExecutionNotifications");
        foreach (var gap in gaps)
        {
            json.WriteStartObject();
            json.WriteString("level", gap.Kind == GapKind.NotRead ? "error" : "warning");
            json.WriteStartObject("descriptor");
            json.WriteString("id", gap.Reason);
            json.WriteEndObject();
            json.WriteStartObject("message");
            json.WriteString("text", SarifResult.TextOf(gap));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>What each target is, and how much of it was checked.</summary>
    public static void WriteTargets(Utf8JsonWriter json, ScanReport report)
    {
        json.WriteStartObject("properties");
        json.WriteOptional("databaseGeneration", report.Database?.Generation);
        json.WriteOptional("databaseNewestRecord", report.Database?.NewestRecord?.ToString("O"));
        json.WriteArray("targets", report.Outcomes, static (writer, outcome) =>
        {
            writer.WriteStartObject();
            writer.WriteString("target", outcome.Target);
            writer.WriteOptional("digest", outcome.Inventory?.Digest?.Value);
            writer.WriteOptional("platform", outcome.Inventory?.Platform?.ToString());
            if (outcome.Checked is { } coverage)
            {
                CheckedJson.Write(writer, coverage);
            }

            writer.WriteEndObject();
        });
        json.WriteEndObject();
    }
}
