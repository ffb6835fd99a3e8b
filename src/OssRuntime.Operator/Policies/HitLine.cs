using System.Collections.Immutable;
using System.Text.Json;
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
    int More)
{
    private const int MostLines = 200;
    private const int MostOfRule = 20;

    /// <summary>The hits as lines.</summary>
    public static ImmutableArray<string> Write(ImmutableArray<RuleHit> hits) =>
    [
        .. hits.SelectMany(hit => hit.Items.Take(MostOfRule).Select((item, i) => new HitLine(
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
                i == 0 ? hit.More + Math.Max(0, hit.Items.Length - MostOfRule) : 0)))
            .Take(MostLines)
            .Select(line => JsonSerializer.Serialize(line, HitJson.Default.HitLine)),
    ];

    /// <summary>The lines as hits; those of rules that are no longer there, and those that are none, are left out.</summary>
    public static ImmutableArray<RuleHit> Read(ImmutableArray<string> lines, IEnumerable<RiskPolicy> policies)
    {
        var rules = policies.SelectMany(policy => policy.Rules.Select(rule => (policy.Name, Rule: rule))).ToDictionary(pair => (pair.Name, pair.Rule.Name), pair => pair.Rule);
        return
        [
            .. (lines.IsDefault ? [] : lines).Select(Parse).OfType<HitLine>()
                .GroupBy(line => (line.Policy, line.Rule))
                .Where(group => rules.ContainsKey(group.Key))
                .Select(group => new RuleHit(group.Key.Policy, rules[group.Key], [.. group.Select(line => line.ToItem())], group.Sum(line => line.More))),
        ];
    }

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
    };
}
