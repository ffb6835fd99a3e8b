using System.Collections.Immutable;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Policy.Violations;

/// <summary>A rule that an image breaks on a workload.</summary>
/// <param name="Policy">The name of the policy.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Items">What breaks it, most pressing first, up to a limit.</param>
/// <param name="Count">How many things break it.</param>
public sealed record Violation(string Policy, RiskRule Rule, ImmutableArray<RuleItem> Items, int Count)
{
    /// <summary>The line of a report: how grave it is comes first.</summary>
    public string ReportLine => $"{Rule.ReportSeverity} {Text}";

    /// <summary>The line of a report where it cannot be told whether the rule is broken.</summary>
    public string UndecidedLine => $"{Rule.ReportSeverity} {UndecidedText}";

    /// <summary>One line for users where it cannot be told whether the rule is broken.</summary>
    public string UndecidedText => $"{Text}: cannot tell whether it is reached from {Rule.Exposure}";

    /// <summary>One line for users.</summary>
    public string Text
    {
        get
        {
            var first = Items[0];
            return $"{Rule.Action} {Policy}/{Rule.Name}: {first.Text}"
                + (first.FixedIn is null ? "" : $", fixed in {first.FixedIn}")
                + (Count > 1 ? $" and {Count - 1} more" : "")
                + (Rule.Message is null ? "" : $" ({Rule.Message})");
        }
    }
}
