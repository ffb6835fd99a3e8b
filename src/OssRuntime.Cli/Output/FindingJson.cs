using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Findings;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Cli.Output;

/// <summary>Writes what is dangerous in a target: <c>findings</c> of docs/scan-json.md.</summary>
internal static class FindingJson
{
    public static void Write(Utf8JsonWriter json, Finding finding, ImmutableArray<string> references)
    {
        json.WriteStartObject();
        json.WriteString("id", finding.Id);
        json.WriteArray("aliases", finding.Aliases, static (writer, alias) => writer.WriteStringValue(alias));
        json.WriteString("component", finding.Component.Purl.ToString());
        json.WriteString("summary", finding.Summary);
        json.WriteString("severity", finding.Severity.ToString());
        json.WriteOptional("score", finding.Score);
        json.WriteOptional("vector", finding.Vector);
        json.WriteOptional("vectorReason", finding.VectorReason.Length == 0 ? null : finding.VectorReason);
        json.WriteArray("sources", finding.Sources, WriteSource);
        json.WriteString("matchedBy", finding.MatchedBy.ToString());
        json.WriteBoolean("knownExploited", finding.KnownExploited);
        json.WriteOptional("epss", finding.Epss);
        json.WriteOptional("epssPercentile", finding.EpssPercentile);
        WriteSsvc(json, finding.Ssvc);
        WriteExploits(json, finding.Exploits);
        if (!references.IsEmpty)
        {
            json.WriteArray("references", references, static (writer, address) => writer.WriteStringValue(address));
        }

        json.WriteOptional("fixedIn", finding.FixedIn);
        json.WriteOptional("fixKnownOn", finding.FixKnownOn?.ToString("O"));
        json.WriteString("fixState", finding.FixState.ToString());
        json.WriteString("status", finding.Status.ToString());
        WriteVex(json, finding.Vex);
        json.WriteString("priority", PriorityDecider.Decide(finding, DeployerContext.Assumed).ToString());
        json.WriteLocation(finding.Component.Location);
        json.WriteEndObject();
    }

    private static void WriteSsvc(Utf8JsonWriter json, SsvcAssessment? assessment)
    {
        if (assessment is { } known)
        {
            json.WriteStartObject("ssvc");
            json.WriteString("exploitation", known.Exploitation.ToString());
            json.WriteBoolean("automatable", known.Automatable);
            json.WriteBoolean("totalImpact", known.TotalImpact);
            json.WriteEndObject();
        }
    }

    private static void WriteExploits(Utf8JsonWriter json, IReadOnlyCollection<ExploitReference> exploits)
    {
        if (exploits.Count > 0)
        {
            json.WriteArray("exploits", exploits, static (writer, exploit) =>
            {
                writer.WriteStartObject();
                writer.WriteString("address", exploit.Address);
                writer.WriteString("source", exploit.Source);
                writer.WriteEndObject();
            });
        }
    }

    private static void WriteVex(Utf8JsonWriter json, VexVerdict? verdict)
    {
        if (verdict is null)
        {
            return;
        }

        json.WriteStartObject("vex");
        json.WriteString("source", verdict.Source);
        json.WriteOptional("justification", verdict.Justification);
        json.WriteOptional("statement", verdict.Statement);
        json.WriteOptional("at", verdict.At?.ToString("O"));
        json.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter json, FindingSource source)
    {
        json.WriteStartObject();
        json.WriteString("advisory", source.Advisory);
        json.WriteString("feed", source.Feed);
        json.WriteString("matched", source.Matched);
        json.WriteOptional("fixedIn", source.FixedIn);
        json.WriteOptional("fixState", source.State == FixState.Unknown ? null : source.State.ToString());
        json.WriteOptional("vector", source.Vector);
        json.WriteOptional("severity", source.SeverityWord);
        json.WriteEndObject();
    }
}
