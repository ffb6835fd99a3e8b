using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OssRuntime.Policy.Rules;
using OssRuntime.Policy.Violations;

namespace OssRuntime.Cli.Policies;

/// <summary>
/// What makes a scan end with code 1: an action (<c>deny</c>, <c>warn</c>, <c>audit</c>) for every violation of that gravity or more, a rule of a policy
/// (<c>production/immediate</c>, a star for any text), or conditions as a rule has them, joined by commas (<c>critical,fixable</c>, <c>severity=High,fixable</c>; <c>exploited</c>; <c>unchecked</c>,
/// <c>unchecked=EcosystemNotCovered</c>, <c>stale=7d</c>).
/// </summary>
/// <param name="Text">As it was written.</param>
/// <param name="Action">The least action, or null.</param>
/// <param name="Pattern">The rule by name, or null.</param>
/// <param name="Inline">A policy of one rule made of the conditions, or null.</param>
internal sealed record FailOn(string Text, PolicyAction? Action, string? Pattern, RiskPolicy? Inline)
{
    private const string InlinePolicy = "--fail-on";

    private static readonly string[] Lists =
        ["advisories", "lifecycleStates", "deniedPackages", "vettedPackages", "ecosystems", "reservedPackages", "origins", "licenses", "allowedLicenses"];

    /// <summary>Reads what the user wrote; an error in words where it is none of the three.</summary>
    public static (FailOn? Read, string? Error) Parse(string text)
    {
        if (Enum.GetValues<PolicyAction>().Where(action => action.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)).Select(action => (PolicyAction?)action).FirstOrDefault() is { } known)
        {
            return (new FailOn(text, known, null, null), null);
        }

        if (text.Contains('/', StringComparison.Ordinal) && !text.Contains('=', StringComparison.Ordinal))
        {
            return (new FailOn(text, null, text, null), null);
        }

        if (ConditionsOf(text).FirstOrDefault(condition => !FailOnWords.IsKnown(condition)) is { } unknown)
        {
            return (null, $"--fail-on {text}: '{unknown}' is not known. Write {FailOnWords.Known}");
        }

        using var document = JsonDocument.Parse(RuleOf(text));
        var (policy, errors) = RiskPolicyFile.Read(document.RootElement);
        return policy is null
            ? (null, $"--fail-on {text}: {string.Join("; ", errors.Select(error => $"{error.Path.Replace("spec.rules[0]", "", StringComparison.Ordinal).TrimStart('.')} {error.Message}".Trim()))}")
            : (new FailOn(text, null, null, policy), null);
    }

    /// <summary>True where a violation is one of those that are meant.</summary>
    public bool IsMeant(Violation violation) =>
        Action is { } least ? violation.Policy != InlinePolicy && violation.Rule.Action >= least
        : Pattern is not null ? NamePattern.Covers(Pattern, $"{violation.Policy}/{violation.Rule.Name}")
        : violation.Policy == InlinePolicy && violation.Rule.Name == Inline!.Rules[0].Name;

    private static string[] ConditionsOf(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string RuleOf(string text)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", "ossruntime.io/v1alpha1");
            json.WriteString("kind", "RiskPolicy");
            json.WriteStartObject("metadata");
            json.WriteString("name", InlinePolicy);
            json.WriteEndObject();
            json.WriteStartObject("spec");
            json.WriteStartArray("rules");
            json.WriteStartObject();
            json.WriteString("name", text.Length <= 63 ? text : text[..63]);
            foreach (var group in ConditionsOf(text).Select(FailOnWords.Read).GroupBy(condition => condition.Field, condition => condition.Value, StringComparer.Ordinal))
            {
                Write(json, group.Key, [.. group]);
            }

            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter json, string key, ImmutableArray<string?> values)
    {
        switch (key)
        {
            case "unchecked":
                json.WriteStartObject("unchecked");
                json.WriteStartArray("reasons");
                foreach (var reason in values.OfType<string>())
                {
                    json.WriteStringValue(reason);
                }

                json.WriteEndArray();
                json.WriteEndObject();
                break;
            case "stale":
                json.WriteString("databaseOlderThan", values[^1] ?? "");
                break;
            default:
                json.WritePropertyName(key);
                WriteValue(json, key, values);
                break;
        }
    }

    private static void WriteValue(Utf8JsonWriter json, string key, ImmutableArray<string?> values)
    {
        if (Lists.Contains(key, StringComparer.Ordinal))
        {
            json.WriteStartArray();
            foreach (var value in values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
            return;
        }

        switch (values[^1])
        {
            case null or "true":
                json.WriteBooleanValue(true);
                break;
            case "false":
                json.WriteBooleanValue(false);
                break;
            case var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                json.WriteNumberValue(number);
                break;
            case var text:
                json.WriteStringValue(text);
                break;
        }
    }
}
