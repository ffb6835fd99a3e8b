using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Cli.Policies;
using OssRuntime.Policy.Rules;
using OssRuntime.Policy.Violations;

namespace OssRuntime.Cli.Output;

/// <summary>Writes what policies say of a target: <c>violations</c> of docs/scan-json.md.</summary>
internal static class ViolationJson
{
    public static void Write(Utf8JsonWriter json, ImmutableArray<PlaceVerdict> verdicts)
    {
        json.WriteStartArray("violations");
        foreach (var verdict in verdicts)
        {
            foreach (var violation in verdict.Violations)
            {
                Begin(json, verdict, violation.Policy, violation.Rule.Name, violation.Rule.Action);
                json.WriteString("severity", violation.Rule.ReportSeverity.ToString());
                json.WriteString("text", violation.Text);
                json.WriteNumber("count", violation.Count);
                WriteItems(json, violation);
                json.WriteEndObject();
            }

            foreach (var policy in verdict.Unknown)
            {
                Begin(json, verdict, policy.Name, null, policy.UnknownImages);
                json.WriteString("text", verdict.UnknownBecause);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void Begin(Utf8JsonWriter json, PlaceVerdict verdict, string policy, string? rule, PolicyAction action)
    {
        var place = verdict.Place;
        json.WriteStartObject();
        json.WriteString("policy", policy);
        json.WriteString("rule", rule);
        json.WriteString("action", action.ToString());
        json.WriteString("namespace", place.Scope.Namespace);
        json.WriteOptional("workload", place.Scope.Workload);
        json.WriteOptional("exposure", place.Level?.ToString());
        if (!place.ExposurePath.IsEmpty)
        {
            json.WriteArray("exposurePath", place.ExposurePath, static (writer, step) => writer.WriteStringValue(step));
        }

        json.WriteString("impact", place.Context.Impact.ToString());
    }

    private static void WriteItems(Utf8JsonWriter json, Violation violation)
    {
        json.WriteStartArray("items");
        foreach (var item in violation.Items)
        {
            json.WriteStartObject();
            json.WriteString("text", item.Text);
            json.WriteOptional("advisory", item.Advisories.FirstOrDefault());
            json.WriteOptional("package", item.Package?.ToString());
            json.WriteOptional("fixedIn", item.FixedIn);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
