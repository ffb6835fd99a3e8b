using System.Text.Encodings.Web;
using System.Text.Json;
using OssRuntime.Cli.Scanning;
using OssRuntime.Model.Builds;
using OssRuntime.Model.Findings;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Cli.Output.Sarif;

/// <summary>
/// Writes SARIF 2.1.0 (OASIS) as GitHub's code scanning takes it: one run, a rule for each flaw, a result for each component that has it. What was not checked is a
/// notification of the tool, and a result too, because GitHub shows no notifications.
/// </summary>
internal static class SarifReport
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Stream output, ScanReport report)
    {
        var gaps = Gap.Of(report).ToList();
        var all = report.Outcomes
            .SelectMany(outcome => outcome.Findings.Select(finding => (Outcome: outcome, Finding: finding)))
            .OrderBy(entry => entry.Finding.Status != FindingStatus.Affected)
            .ThenBy(entry => entry.Finding, PressingOrder.Instance)
            .ToList();
        var room = SarifLimits.Results - gaps.Count;
        if (all.Count > room)
        {
            room = Math.Max(0, room - 1);
            gaps.Add(new Gap(GapKind.LeftOut, null, nameof(GapKind.LeftOut), $"{all.Count - room} of {all.Count} findings are not in this file, the least pressing: GitHub refuses more than {SarifLimits.Results} results. The JSON report has all"));
        }

        var told = all.Take(room).ToList();
        var rules = SarifRules.Of(gaps, told.Select(entry => entry.Finding));
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("$schema", Schema);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool(json, rules, report.References);
        SarifInvocation.Write(json, report, gaps);
        WriteResults(json, gaps, told, rules);
        json.WriteString("columnKind", "utf16CodeUnits");
        SarifInvocation.WriteTargets(json, report);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    private static void WriteTool(Utf8JsonWriter json, SarifRules rules, AdvisoryReferences? references)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "OssRuntime");
        json.WriteString("version", BuildVersion.Text);
        rules.Write(json, references);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResults(Utf8JsonWriter json, List<Gap> gaps, List<(ScanOutcome Outcome, Finding Finding)> told, SarifRules rules)
    {
        var fingerprints = new SarifFingerprints();
        json.WriteStartArray("results");
        // What the user did not want to see is told, and no alert.
        foreach (var gap in gaps.Where(gap => gap.Kind != GapKind.Hidden))
        {
            SarifResult.Write(json, gap, rules, fingerprints);
        }

        foreach (var (outcome, finding) in told)
        {
            SarifResult.Write(json, outcome, finding, rules, fingerprints);
            if (json.BytesPending > 1 << 16)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
    }
}
