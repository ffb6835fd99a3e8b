using System.Collections.Immutable;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Model.Packages;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Policy.Rules;

/// <summary>Finds what in an image breaks the rules of policies.</summary>
public static class RuleMatcher
{
    /// <summary>How many things of one rule and image are kept by name.</summary>
    public const int MostItems = 50;

    /// <summary>The hits of all policies.</summary>
    public static ImmutableArray<RuleHit> Match(IEnumerable<RiskPolicy> policies, PolicySubject subject)
    {
        var ended = new EndedSupport(subject.Lifecycles);
        return
        [
            .. policies.SelectMany(policy => policy.Rules
                .Select(rule =>
                {
                    var items = ItemsOf(rule, subject, ended).ToList();
                    return new RuleHit(policy.Name, rule, [.. items.Take(MostItems)], Math.Max(0, items.Count - MostItems));
                })
                .Where(hit => !hit.Items.IsEmpty)),
        ];
    }

    private static IEnumerable<RuleItem> ItemsOf(RiskRule rule, PolicySubject subject, EndedSupport ended) => rule.Subject switch
    {
        RuleSubject.Finding => subject.Findings.Where(finding => Holds(rule, finding, subject)).Select(finding => ItemOf(finding, ended)),
        RuleSubject.Lifecycle => subject.Lifecycles.Where(status => Holds(rule, status)).Select(ItemOf),
        RuleSubject.Package => subject.Inventory.Components
            .Select(component => (Component: component, Why: PackageRule.WhyNot(rule, component, subject)))
            .Where(pair => pair.Why is not null)
            .DistinctBy(pair => pair.Component.Purl)
            .Select(pair => new RuleItem { Text = $"{pair.Component.Purl} {pair.Why}", Package = pair.Component.Purl }),
        RuleSubject.Coverage => CoverageItemsOf(rule, subject).Select(text => new RuleItem { Text = text }),
        _ => ItemsOf(rule, subject),
    };

    private static ImmutableArray<string> CoverageItemsOf(RiskRule rule, PolicySubject subject)
    {
        ImmutableArray<string> old = rule.DatabaseOlderThanDays is { } most ? DatabaseTooOld(most, subject) : [];
        if (rule.Unchecked is not { } condition || (rule.DatabaseOlderThanDays is not null && old.IsEmpty))
        {
            return old;
        }

        ImmutableArray<string> broken = condition.Broken(subject.Checked ?? CheckCoverage.Unmatched(subject.Inventory, UncheckedReason.NotMatched));
        return broken.IsEmpty ? [] : [.. broken, .. old];
    }

    private static ImmutableArray<string> DatabaseTooOld(int most, PolicySubject subject) => RecordAge.Of(subject.NewestRecord, subject.Today) switch
    {
        { DaysAhead: { } ahead } => [$"the newest record of the advisory database is {ahead} days ahead of the clock, so its age is not known"],
        { Days: null } => ["the age of the advisory database is not known"],
        var age when age.IsOver(most) => [$"the newest record of the advisory database is {age.Days} days old, {most} are allowed"],
        _ => [],
    };

    private static IEnumerable<RuleItem> ItemsOf(RiskRule rule, PolicySubject subject)
    {
        var age = subject.Today is { } today && subject.InventoriedOn is { } day ? today.DayNumber - day.DayNumber : 0;
        if (rule.InventoryOlderThanDays is { } most && age < most)
        {
            return [];
        }

        return rule.InventoryOlderThanDays is null
            ? subject.Inventory.Verified ? [] : [new RuleItem { Text = $"the inventory is read from {subject.Inventory.Source} and not verified" }]
            : rule.UnverifiedInventory && subject.Inventory.Verified
                ? []
                : [new RuleItem { Text = $"the inventory was made {age} days ago{(rule.UnverifiedInventory ? " and is not verified" : "")}" }];
    }

    private static bool Holds(RiskRule rule, Finding finding, PolicySubject subject) =>
        finding.Status == FindingStatus.Affected
        && (rule.Severity is null || finding.Severity >= rule.Severity)
        && (rule.Malicious is null || finding.Severity == Severity.Malicious == rule.Malicious)
        && (rule.KnownExploited is null || finding.KnownExploited == rule.KnownExploited)
        && (rule.EpssPercent is null || finding.Epss * 100 >= rule.EpssPercent)
        && (rule.Fixable is null || finding.FixedIn is not null == rule.Fixable)
        && (rule.FixableForDays is null || DaysFixable(finding, subject) >= rule.FixableForDays)
        && (rule.Advisories.IsEmpty || finding.Aliases.Append(finding.Id).Any(id => NamePattern.CoversAny(rule.Advisories, id)));

    // Known at the latest since the advisory that names the fix was last changed, or since somebody noted it.
    private static int? DaysFixable(Finding finding, PolicySubject subject)
    {
        if (finding.FixedIn is null || subject.Today is not { } today)
        {
            return null;
        }

        var (published, seen) = (finding.FixKnownOn, subject.FixSeenOn(finding));
        return (published is null || seen < published ? seen : published) is { } since ? today.DayNumber - since.DayNumber : null;
    }

    private static bool Holds(RiskRule rule, LifecycleStatus status) =>
        rule.LifecycleStates.Contains(status.State)
        || (rule.EndOfLifeWithinDays is { } most
            && (status.State == LifecycleState.EndOfLife || (status.DaysUntilEndOfLife is { } days && days <= most && most > 0)));

    /// <summary>A finding as rules and exceptions see it.</summary>
    public static RuleItem ItemOf(Finding finding, EndedSupport ended)
    {
        var purl = finding.Component.Purl with { Qualifiers = [], Subpath = null };
        return new RuleItem
        {
            Text = $"{finding.Id} ({finding.Severity}{(finding.KnownExploited ? ", exploited" : "")}) in {purl}",
            Advisories = [finding.Id, .. finding.Aliases],
            Package = finding.Component.Purl,
            FixedIn = finding.FixedIn,
            Malicious = finding.Severity == Severity.Malicious,
            Ended = ended.Covers(finding),
            Evidence = PriorityDecider.EvidenceOf(finding),
        };
    }

    private static RuleItem ItemOf(LifecycleStatus status) => new()
    {
        Text = $"{status.Product} {status.Cycle} ({status.Subject}) "
            + status switch
            {
                { State: LifecycleState.EndOfLife, EndOfLife: null } => "has ended",
                { State: LifecycleState.EndOfLife } => $"ended {status.EndOfLife:yyyy-MM-dd}",
                { EndOfLife: null } => $"is {status.State}",
                { State: LifecycleState.Supported } => $"ends {status.EndOfLife:yyyy-MM-dd}",
                _ => $"is {status.State} and ends {status.EndOfLife:yyyy-MM-dd}",
            },
        Package = PackageUrl.TryParse(status.Subject, out var purl, out _) ? purl : null,
    };
}
