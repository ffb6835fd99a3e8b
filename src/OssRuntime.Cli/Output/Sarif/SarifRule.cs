using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OssRuntime.Model.Findings;

namespace OssRuntime.Cli.Output.Sarif;

/// <summary>Writes the rule of a flaw: what it is, how grave, how sure, and where to read on.</summary>
internal static class SarifRule
{
    /// <summary>Writes the rule.</summary>
    /// <param name="json">Takes it.</param>
    /// <param name="same">The findings of the flaw in all components: the gravest one speaks.</param>
    /// <param name="references">Where to read on.</param>
    public static void Write(Utf8JsonWriter json, ImmutableArray<Finding> same, ImmutableArray<string> references)
    {
        var gravest = same.MaxBy(finding => (finding.Severity, finding.Score))!;
        var title = gravest.Summary.Length == 0 ? gravest.Id : $"{gravest.Id}: {gravest.Summary}";
        json.WriteStartObject();
        json.WriteString("id", SarifRules.IdOf(gravest));
        json.WriteString("name", gravest.Severity == Severity.Malicious ? "MaliciousPackage" : "VulnerablePackage");
        WriteText(json, "shortDescription", SarifLimits.Cut(Plain(title), SarifLimits.Description));
        WriteText(json, "fullDescription", SarifLimits.Cut(Plain(title), SarifLimits.Description));
        json.WriteOptional("helpUri", AdvisoryAddress.Of(gravest.Id));
        WriteHelp(json, gravest, references);
        WriteProperties(json, LevelOf(gravest), SecuritySeverityOf(gravest), PrecisionOf(gravest.MatchedBy), TagsOf(gravest));
        json.WriteEndObject();
    }

    /// <summary>A result that nobody can grade is no note.</summary>
    public static string LevelOf(Finding finding) => finding switch
    {
        { KnownExploited: true } or { Severity: Severity.Malicious or Severity.Critical or Severity.High } => "error",
        { Severity: Severity.Medium or Severity.Unknown } => "warning",
        _ => "note",
    };

    /// <summary>A message in plain text: SARIF 2.1.0, section 3.11.6, would make a link of brackets with a parenthesis behind.</summary>
    public static string Plain(string text) => Terminal.TerminalText.Safe(text).Replace("](", "] (", StringComparison.Ordinal);

    public static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    public static void WriteProperties(Utf8JsonWriter json, string level, string? severity, string precision, IEnumerable<string> tags)
    {
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", level);
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("precision", precision);
        json.WriteOptional("security-severity", severity);
        json.WriteArray("tags", [.. tags.Take(SarifLimits.Tags)], static (writer, tag) => writer.WriteStringValue(tag));
        json.WriteEndObject();
    }

    /// <summary>GitHub's grades: above 9.0 critical, 7.0 high, 4.0 medium, below low. Where nobody says how grave it is, nothing is written: a number would be made up.</summary>
    private static string? SecuritySeverityOf(Finding finding) => finding switch
    {
        { Severity: Severity.Malicious } => "10.0",
        { Score: { } score } => score.ToString("0.0", CultureInfo.InvariantCulture),
        { Severity: Severity.Critical } => "9.5",
        { Severity: Severity.High } => "8.0",
        { Severity: Severity.Medium } => "5.5",
        { Severity: Severity.Low } => "2.0",
        { Severity: Severity.None } => "0.0",
        _ => null,
    };

    private static string PrecisionOf(MatchBasis basis) => basis switch
    {
        MatchBasis.Package => "very-high",
        MatchBasis.Cpe => "medium",
        _ => "low",
    };

    private static IEnumerable<string> TagsOf(Finding finding)
    {
        yield return "security";
        yield return finding.Severity == Severity.Malicious ? "malicious" : "vulnerability";
        yield return $"severity/{finding.Severity.ToString().ToLowerInvariant()}";
        if (finding.KnownExploited)
        {
            yield return "known-exploited";
        }

        if (!finding.Exploits.IsEmpty)
        {
            yield return "public-exploit";
        }
    }

    private static void WriteHelp(Utf8JsonWriter json, Finding finding, ImmutableArray<string> references)
    {
        var facts = FactsOf(finding).Concat(references.Take(10).Select(address => ("Read on", address))).ToList();
        var text = new StringBuilder(Plain(finding.Summary)).Append('\n');
        var markdown = new StringBuilder(MarkdownText.Escape(finding.Summary)).Append("\n\n");
        foreach (var (name, value) in facts)
        {
            text.Append(name).Append(": ").Append(Plain(value)).Append('\n');
            markdown.Append("- ").Append(name).Append(": ").Append(name == "Advisory" ? MarkdownText.Link(value) : MarkdownText.Code(value)).Append('\n');
        }

        json.WriteStartObject("help");
        json.WriteString("text", text.ToString());
        json.WriteString("markdown", markdown.ToString());
        json.WriteEndObject();
    }

    private static IEnumerable<(string Name, string Value)> FactsOf(Finding finding)
    {
        yield return ("Severity", finding.Score is { } score ? $"{finding.Severity} ({score.ToString("0.0", CultureInfo.InvariantCulture)})" : finding.Severity.ToString());
        if (finding.Vector is { } vector)
        {
            yield return ("Vector", $"{vector}: {finding.VectorReason}");
        }

        yield return ("Known to be exploited", finding.KnownExploited ? "yes" : "no catalogue lists it");
        yield return ("EPSS", finding.Epss is { } epss ? epss.ToString("P1", CultureInfo.InvariantCulture) : "not known");
        foreach (var id in finding.Aliases.AsImmutableArray().Prepend(finding.Id).Take(20))
        {
            yield return ("Advisory", id);
        }

        foreach (var exploit in finding.Exploits.AsImmutableArray().Take(5))
        {
            yield return ("Public exploit", $"{exploit.Address} ({exploit.Source})");
        }
    }
}
