using System.Globalization;
using System.Text.Json;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Sboms.CycloneDx;

/// <summary>
/// Writes <c>vulnerabilities</c> of CycloneDX 1.6: one for each flaw and each answer of VEX to it, with the components that it is in. A finding that no statement
/// speaks of has no analysis: nobody analysed it.
/// </summary>
internal static class CycloneDxFindings
{
    /// <summary>Writes them.</summary>
    /// <returns>How many there are.</returns>
    public static int Write(Utf8JsonWriter json, ComponentInventory inventory, SbomFindings found)
    {
        var references = new Dictionary<(string Purl, ComponentLocation Location), string>();
        for (var i = 0; i < inventory.Components.Length; i++)
        {
            var component = inventory.Components[i];
            references.TryAdd((component.Purl.ToString(), component.Location), $"component-{i + 1}");
        }

        var number = 0;
        json.WriteStartArray("vulnerabilities");
        foreach (var same in found.Findings.GroupBy(finding => (finding.Id, finding.Status, finding.Vex, finding.Severity, finding.Vector, finding.FixedIn)))
        {
            Write(json, [.. same], ++number, references);
            if (json.BytesPending > SbomWriter.MostPending)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
        return number;
    }

    private static void Write(Utf8JsonWriter json, List<Finding> same, int number, Dictionary<(string Purl, ComponentLocation Location), string> references)
    {
        var finding = same[0];
        json.WriteStartObject();
        json.WriteString("bom-ref", $"vulnerability-{number}");
        json.WriteString("id", finding.Id);
        WriteSource(json, finding.Sources.IsEmpty ? "ossruntime" : finding.Sources[0].Feed);
        WriteReferences(json, finding);
        WriteRating(json, finding);
        if (finding.Summary.Length > 0)
        {
            json.WriteString("description", finding.Summary);
        }

        if (finding.Severity == Severity.Malicious)
        {
            json.WriteString("recommendation", "The package is malicious: remove it.");
        }
        else if (finding.FixedIn is { } version)
        {
            json.WriteString("recommendation", $"Update to {version}.");
        }

        WriteAnalysis(json, finding);
        json.WriteStartArray("affects");
        foreach (var reference in same.Select(one => references.GetValueOrDefault((one.Component.Purl.ToString(), one.Component.Location), one.Component.Purl.ToString())).Distinct(StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("ref", reference);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        CycloneDxWriter.WriteProperties(json, PropertiesOf(finding));
        json.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject("source");
        json.WriteString("name", name);
        json.WriteEndObject();
    }

    private static void WriteReferences(Utf8JsonWriter json, Finding finding)
    {
        if (finding.Aliases.IsEmpty)
        {
            return;
        }

        json.WriteStartArray("references");
        foreach (var alias in finding.Aliases)
        {
            json.WriteStartObject();
            json.WriteString("id", alias);
            WriteSource(json, finding.Sources.AsImmutableArray().FirstOrDefault(source => source.Advisory == alias)?.Feed ?? "alias");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRating(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartArray("ratings");
        json.WriteStartObject();
        if (finding.Score is { } score)
        {
            json.WriteNumber("score", score);
        }

        json.WriteString("severity", finding.Severity switch
        {
            Severity.Malicious or Severity.Critical => "critical",
            Severity.High => "high",
            Severity.Medium => "medium",
            Severity.Low => "low",
            Severity.None => "none",
            _ => "unknown",
        });
        if (finding.Vector is { } vector)
        {
            json.WriteString("method", MethodOf(vector));
            json.WriteString("vector", vector);
            json.WriteString("justification", finding.VectorReason);
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static string MethodOf(string vector) =>
        vector.StartsWith("CVSS:4.", StringComparison.Ordinal) ? "CVSSv4"
        : vector.StartsWith("CVSS:3.1", StringComparison.Ordinal) ? "CVSSv31"
        : vector.StartsWith("CVSS:3.0", StringComparison.Ordinal) ? "CVSSv3"
        : vector.StartsWith("AV:", StringComparison.Ordinal) ? "CVSSv2"
        : "other";

    private static void WriteAnalysis(Utf8JsonWriter json, Finding finding)
    {
        if (finding.Status == FindingStatus.Affected && finding.Vex is null)
        {
            return;
        }

        json.WriteStartObject("analysis");
        json.WriteString("state", finding.Status switch
        {
            FindingStatus.NotAffected => "not_affected",
            FindingStatus.Fixed => "resolved",
            FindingStatus.UnderInvestigation => "in_triage",
            _ => "exploitable",
        });
        if (finding.Status == FindingStatus.NotAffected && JustificationOf(finding.Vex?.Justification) is { } justification)
        {
            json.WriteString("justification", justification);
        }

        var detail = string.Join(": ", new[] { finding.Vex?.Justification, finding.Vex?.Statement, finding.Vex?.Source }.OfType<string>().Where(text => text.Length > 0));
        if (detail.Length > 0)
        {
            json.WriteString("detail", detail);
        }

        if (finding.Vex?.At is { } at)
        {
            json.WriteString("lastUpdated", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }

        json.WriteEndObject();
    }

    /// <summary>CISA's five justifications and CycloneDX's nine are not the same: the nearest one, and none for words that are in neither.</summary>
    private static string? JustificationOf(string? given) => given switch
    {
        "component_not_present" or "vulnerable_code_not_present" => "code_not_present",
        "vulnerable_code_not_in_execute_path" or "vulnerable_code_cannot_be_controlled_by_adversary" => "code_not_reachable",
        "inline_mitigations_already_exist" => "protected_by_mitigating_control",
        "code_not_present" or "code_not_reachable" or "requires_configuration" or "requires_dependency" or "requires_environment" or "protected_by_compiler"
            or "protected_at_runtime" or "protected_at_perimeter" or "protected_by_mitigating_control" => given,
        _ => null,
    };

    private static IEnumerable<(string Name, string Value)> PropertiesOf(Finding finding)
    {
        if (finding.Severity == Severity.Malicious)
        {
            yield return ("ossruntime:malicious", "true");
        }

        yield return ("ossruntime:knownExploited", finding.KnownExploited ? "true" : "false");
        if (finding.Epss is { } epss)
        {
            yield return ("ossruntime:epss", epss.ToString(CultureInfo.InvariantCulture));
        }

        if (finding.FixState != FixState.Unknown)
        {
            yield return ("ossruntime:fixState", finding.FixState.ToString());
        }

        yield return ("ossruntime:matchedBy", finding.MatchedBy.ToString());
    }
}
