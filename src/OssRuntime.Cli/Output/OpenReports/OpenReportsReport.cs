using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OssRuntime.Cli.Scanning;
using OssRuntime.Model.Findings;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Cli.Output.OpenReports;

/// <summary>
/// Writes a list of <c>Report</c>s (<c>openreports.io/v1alpha1</c>), one for each target, in JSON, which <c>kubectl apply</c> takes. What was not checked is skipped
/// with the reason, a target that could not be read is an error.
/// </summary>
internal static class OpenReportsReport
{
    /// <summary>Results of a report: with more it would outgrow what an API server stores (1.5 MiB).</summary>
    public const int Most = 1_000;

    private const string Source = "ossruntime";
    private const string Coverage = "ossruntime.io/coverage";
    private const int LongestText = 500;

    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Stream output, ScanReport report)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("apiVersion", "v1");
        json.WriteString("kind", "List");
        json.WriteArray("items", report.Outcomes, (writer, outcome) => Write(writer, outcome, report));
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, ScanOutcome outcome, ScanReport report)
    {
        var results = ResultsOf(outcome, report);
        json.WriteStartObject();
        json.WriteString("apiVersion", "openreports.io/v1alpha1");
        json.WriteString("kind", "Report");
        json.WriteStartObject("metadata");
        json.WriteString("name", $"ossruntime-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(outcome.Target)))[..16]}");
        json.WriteStartObject("annotations");
        json.WriteString("ossruntime.io/target", Cut(outcome.Target));
        json.WriteString("ossruntime.io/digest", outcome.Inventory?.Digest?.Value ?? "");
        json.WriteString("ossruntime.io/checked", Cut(outcome.Checked?.Sentence ?? "could not be read"));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("source", Source);
        json.WriteStartObject("summary");
        foreach (var word in (string[])["pass", "fail", "warn", "error", "skip"])
        {
            json.WriteNumber(word, results.Count(result => result.Result == word));
        }

        json.WriteEndObject();
        json.WriteArray("results", results, (writer, result) => Write(writer, result, report.Now));
        json.WriteEndObject();
    }

    private static List<OpenReportsResult> ResultsOf(ScanOutcome outcome, ScanReport report)
    {
        var gaps = Gap.Of(report).Where(gap => gap.Target is null || gap.Target == outcome.Target).ToList();
        var room = Math.Max(0, Most - gaps.Count - 1);
        if (outcome.Findings.Length > room)
        {
            gaps.Add(new Gap(GapKind.LeftOut, outcome.Target, nameof(GapKind.LeftOut), $"{outcome.Findings.Length - room} of {outcome.Findings.Length} findings are not in this report, the least pressing. The JSON report has all"));
        }

        return
        [
            .. gaps.Select(gap => new OpenReportsResult(Coverage, gap.Reason, gap.Kind == GapKind.NotRead ? "error" : "skip", null, gap.Text, null)),
            .. outcome.Findings.OrderBy(finding => finding.Status != FindingStatus.Affected).ThenBy(finding => finding, PressingOrder.Instance).Take(room).Select(Of),
        ];
    }

    private static OpenReportsResult Of(Finding finding) => new(
        finding.Id,
        finding.Component.Purl.ToString(),
        finding.Status switch
        {
            FindingStatus.Affected => "fail",
            FindingStatus.UnderInvestigation => "warn",
            _ => "pass",
        },
        finding.Severity switch
        {
            Severity.Malicious or Severity.Critical => "critical",
            Severity.High => "high",
            Severity.Medium => "medium",
            Severity.Low => "low",
            Severity.None => "info",
            _ => null,
        },
        $"{finding.Component.Name} {finding.Component.Version}: {finding.Summary}",
        finding);

    private static void Write(Utf8JsonWriter json, OpenReportsResult result, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("policy", Cut(result.Policy));
        json.WriteString("rule", Cut(result.Rule));
        json.WriteString("category", result.Finding is null ? "coverage" : "vulnerability");
        json.WriteOptional("severity", result.Severity);
        json.WriteString("result", result.Result);
        json.WriteBoolean("scored", result.Result == "fail");
        json.WriteStartObject("timestamp");
        json.WriteNumber("seconds", now.ToUnixTimeSeconds());
        json.WriteNumber("nanos", 0);
        json.WriteEndObject();
        json.WriteString("message", Cut(result.Message));
        if (result.Finding is { } finding)
        {
            WriteProperties(json, finding);
        }

        json.WriteEndObject();
    }

    private static void WriteProperties(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject("properties");
        json.WriteString("path", Cut(finding.Component.Location.Path));
        json.WriteString("severity", finding.Severity.ToString());
        json.WriteString("knownExploited", finding.KnownExploited ? "true" : "false");
        json.WriteOptional("fixedIn", finding.FixedIn);
        json.WriteString("status", finding.Status.ToString());
        json.WriteOptional("vex", finding.Vex is { } vex ? Cut(string.Join(": ", new[] { vex.Justification, vex.Statement, vex.Source }.OfType<string>())) : null);
        json.WriteEndObject();
    }

    private static string Cut(string text)
    {
        var safe = Terminal.TerminalText.Safe(text);
        return safe.Length <= LongestText ? safe : string.Concat(safe.AsSpan(0, LongestText - 1), "…");
    }
}
