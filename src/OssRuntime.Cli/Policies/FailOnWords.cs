using OssRuntime.Model.Coverage;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Cli.Policies;

/// <summary>Conditions of <c>--fail-on</c> as people write them: names in any case, a severity or <c>exploited</c> as a word.</summary>
internal static class FailOnWords
{
    /// <summary>The words that stand for a condition with its value.</summary>
    private static readonly Dictionary<string, (string Field, string? Value)> Words = new(
        Enum.GetNames<Severity>().Where(name => name != nameof(Severity.Malicious)).Select(name => KeyValuePair.Create<string, (string, string?)>(name, ("severity", name))),
        StringComparer.OrdinalIgnoreCase)
    {
        ["exploited"] = ("knownExploited", null),
        ["kev"] = ("knownExploited", null),
        ["fixed"] = ("fixable", null),
        ["eol"] = ("endOfLife", null),
        ["malicious"] = ("malicious", null),
    };

    private static readonly string[] Fields =
    [
        "priority", "severity", "knownExploited", "epssPercent", "malicious", "fixable", "fixableForDays", "exposure", "advisories", "endOfLife", "endOfLifeWithinDays", "lifecycleStates",
        "deniedPackages", "vettedPackages", "ecosystems", "reservedPackages", "origins", "licenses", "allowedLicenses", "minimumAgeDays", "unverifiedInventory", "inventoryOlderThanDays",
        "unchecked", "stale", "databaseOlderThan",
    ];

    private static readonly Dictionary<string, string[]> Values = new(StringComparer.Ordinal)
    {
        ["severity"] = Enum.GetNames<Severity>(),
        ["priority"] = Enum.GetNames<Priority>(),
        ["exposure"] = Enum.GetNames<ExposureLevel>(),
        ["lifecycleStates"] = Enum.GetNames<LifecycleState>(),
        ["unchecked"] = Enum.GetNames<UncheckedReason>(),
    };

    /// <summary>What can be written, for messages.</summary>
    public static string Known =>
        $"deny, warn, audit; POLICY/RULE; a severity ({string.Join(", ", Enum.GetNames<Severity>().Select(name => name.ToLowerInvariant()))}); exploited, fixable, eol; or a condition: {string.Join(", ", Fields)}";

    /// <summary>A condition as a rule has it. What is not known stays as it was written.</summary>
    public static (string Field, string? Value) Read(string condition)
    {
        var parts = condition.Split('=', 2);
        if (parts.Length == 1 && Words.TryGetValue(condition, out var meant))
        {
            return meant;
        }

        var field = Match(Fields, parts[0]);
        return (field, parts.Length == 1 ? null : Values.TryGetValue(field, out var values) ? Match(values, parts[1]) : parts[1]);
    }

    /// <summary>True for a condition that can be judged.</summary>
    public static bool IsKnown(string condition) => Words.ContainsKey(condition) || Fields.Contains(Read(condition).Field, StringComparer.Ordinal);

    private static string Match(string[] known, string text) => known.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? text;
}
