using System.Text.Json;
using OssRuntime.Cli.Scanning;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Findings;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Cli.Output.Sarif;

/// <summary>Writes the results of a run.</summary>
internal static class SarifResult
{
    // GitHub goes by this one alone.
    private const string Fingerprint = "primaryLocationLineHash";

    /// <summary>Something that was not checked.</summary>
    public static void Write(Utf8JsonWriter json, Gap gap, SarifRules rules, SarifFingerprints fingerprints)
    {
        var subject = gap.Target is null ? "" : SarifPlace.SubjectOf(gap.Target);
        var id = SarifRules.IdOf(gap);
        Begin(json, id, rules, gap.Kind == GapKind.NotRead ? "error" : "warning", TextOf(gap));
        WritePlace(json, SarifPlace.AddressOf(subject, ""), null);
        WriteFingerprint(json, fingerprints.Next(subject, id));
        json.WriteEndObject();
    }

    /// <summary>A component with a flaw.</summary>
    public static void Write(Utf8JsonWriter json, ScanOutcome outcome, Finding finding, SarifRules rules, SarifFingerprints fingerprints)
    {
        var component = finding.Component;
        var subject = SarifPlace.SubjectOf(outcome.Target);
        Begin(json, SarifRules.IdOf(finding), rules, SarifRule.LevelOf(finding), TextOf(outcome, finding));
        WritePlace(json, SarifPlace.AddressOf(subject, component.Location.Path), component.Purl.ToString());
        WriteFingerprint(json, fingerprints.Next(subject, finding.Id, component.Ecosystem.ToString(), component.Name, component.Location.Path));
        WriteSuppression(json, finding);
        json.WriteStartObject("properties");
        json.WriteString("target", outcome.Target);
        json.WriteOptional("digest", outcome.Inventory?.Digest?.Value);
        json.WriteString("purl", component.Purl.ToString());
        json.WriteString("severity", finding.Severity.ToString());
        json.WriteString("priority", PriorityDecider.Decide(finding, DeployerContext.Assumed).ToString());
        json.WriteBoolean("knownExploited", finding.KnownExploited);
        json.WriteOptional("epss", finding.Epss);
        json.WriteOptional("fixedIn", finding.FixedIn);
        json.WriteString("fixState", finding.FixState.ToString());
        json.WriteString("status", finding.Status.ToString());
        json.WriteString("matchedBy", finding.MatchedBy.ToString());
        json.WriteOptional("layer", component.Location.Layer?.Value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>What was not checked, in a sentence.</summary>
    public static string TextOf(Gap gap) => SarifLimits.Cut(SarifRule.Plain(gap.Target is null ? $"{gap.Text}." : $"{gap.Target}: {gap.Text}."), SarifLimits.Message);

    private static string TextOf(ScanOutcome outcome, Finding finding)
    {
        var what = finding.Summary.Length == 0 ? finding.Id : $"{finding.Id}: {finding.Summary.TrimEnd('.')}";
        var fix = finding switch
        {
            { Severity: Severity.Malicious } => "The package is malicious: remove it",
            { FixedIn: { } version } => $"Fixed in {version}",
            { FixState: FixState.WontFix } => "Its publisher will not fix it",
            { FixState: FixState.EndOfLife } => "Its publisher no longer supports it",
            _ => "No fix is known",
        };
        return SarifLimits.Cut(SarifRule.Plain($"{finding.Component.Name} {finding.Component.Version} has {what}. {fix}. In {outcome.Target}."), SarifLimits.Message);
    }

    private static void Begin(Utf8JsonWriter json, string rule, SarifRules rules, string level, string text)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", rule);
        json.WriteNumber("ruleIndex", rules.IndexOf(rule));
        json.WriteString("level", level);
        SarifRule.WriteText(json, "message", text);
    }

    private static void WritePlace(Utf8JsonWriter json, string address, string? purl)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", address);
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", 1);
        json.WriteEndObject();
        json.WriteEndObject();
        if (purl is not null)
        {
            json.WriteStartArray("logicalLocations");
            json.WriteStartObject();
            json.WriteString("fullyQualifiedName", purl);
            json.WriteString("kind", "package");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteFingerprint(Utf8JsonWriter json, string value)
    {
        json.WriteStartObject("partialFingerprints");
        json.WriteString(Fingerprint, value);
        json.WriteEndObject();
    }

    /// <summary>A statement that sets the finding aside; one that leaves it open is under review and suppresses nothing (SARIF 2.1.0, section 3.35).</summary>
    private static void WriteSuppression(Utf8JsonWriter json, Finding finding)
    {
        if (finding.Status == FindingStatus.Affected)
        {
            return;
        }

        json.WriteStartArray("suppressions");
        json.WriteStartObject();
        json.WriteString("kind", "external");
        json.WriteString("status", finding.Status == FindingStatus.UnderInvestigation ? "underReview" : "accepted");
        json.WriteString("justification", string.Join(": ", new[] { finding.Status.ToString(), finding.Vex?.Justification, finding.Vex?.Statement, finding.Vex?.Source }.OfType<string>()));
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
