using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using OssRuntime.Model.Packages;
using OssRuntime.Policy.Priorities;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Policies;

/// <summary>
/// One thing in an image that breaks a rule, as a line of its ImageInventory: so that every replica can answer at admission right after its start,
/// without a store of its own and without asking anybody.
/// </summary>
internal sealed record HitLine(
    string Policy,
    string Rule,
    string Text,
    string[]? Advisories,
    string? Package,
    string? FixedIn,
    bool Malicious,
    bool Ended,
    Exploitation Exploitation,
    bool Automatable,
    int More,
    DateTimeOffset? Since)
{
    /// <summary>The thing.</summary>
    [JsonIgnore]
    public RuleItem Item => field ??= ToItem();

    /// <summary>The line of one thing, without a time and without how many there are besides.</summary>
    public static HitLine Of(RuleHit hit, RuleItem item) => new(
        hit.Policy,
        hit.Rule.Name,
        item.Text,
        item.Advisories.IsEmpty ? null : [.. item.Advisories],
        item.Package?.ToString(),
        item.FixedIn,
        item.Malicious,
        item.Ended,
        item.Evidence.Exploitation,
        item.Evidence.Automatable,
        0,
        null);

    /// <summary>The text of the line.</summary>
    public string Write() => JsonSerializer.Serialize(this, HitJson.Default.HitLine);

    /// <summary>The lines read; invalid ones are left out.</summary>
    public static ImmutableArray<HitLine> Parse(ImmutableArray<string> lines) => lines.IsDefault ? [] : [.. lines.Select(Parse).OfType<HitLine>()];

    /// <summary>The lines as hits; those of rules that are no longer there are left out.</summary>
    public static ImmutableArray<RuleHit> Link(ImmutableArray<HitLine> lines, FrozenDictionary<(string Policy, string Rule), RiskRule> rules) =>
    [
        .. lines.GroupBy(line => (line.Policy, line.Rule))
            .Where(group => rules.ContainsKey(group.Key))
            .Select(group => new RuleHit(group.Key.Policy, rules[group.Key], [.. group.Select(line => line.Item)], group.Sum(line => line.More))),
    ];

    private static HitLine? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, HitJson.Default.HitLine) is { Policy: not null, Rule: not null, Text: not null } read ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private RuleItem ToItem() => new()
    {
        Text = Text,
        Advisories = [.. Advisories ?? []],
        Package = PackageUrl.TryParse(Package, out var purl, out _) ? purl : null,
        FixedIn = FixedIn,
        Malicious = Malicious,
        Ended = Ended,
        Evidence = new PriorityEvidence(Exploitation, "", Automatable, ""),
        Since = Since,
    };
}
