using System.Collections.Immutable;
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
        RuleSubject.Finding => subject.Findings.Where(finding => Holds(rule, finding)).Select(finding => ItemOf(finding, ended)),
        RuleSubject.Lifecycle => subject.Lifecycles.Where(status => Holds(rule, status)).Select(ItemOf),
        RuleSubject.Package => subject.Inventory.Components
            .Select(component => (Component: component, Why: WhyNot(rule, component)))
            .Where(pair => pair.Why is not null)
            .DistinctBy(pair => pair.Component.Purl)
            .Select(pair => new RuleItem { Text = $"{pair.Component.Purl} {pair.Why}", Package = pair.Component.Purl }),
        _ => subject.Inventory.Verified ? [] : [new RuleItem { Text = $"the inventory is read from {subject.Inventory.Source} and not verified" }],
    };

    private static bool Holds(RiskRule rule, Finding finding) =>
        finding.Status == FindingStatus.Affected
        && (rule.Severity is null || finding.Severity >= rule.Severity)
        && (rule.Malicious is null || finding.Severity == Severity.Malicious == rule.Malicious)
        && (rule.KnownExploited is null || finding.KnownExploited == rule.KnownExploited)
        && (rule.EpssPercent is null || finding.Epss * 100 >= rule.EpssPercent)
        && (rule.Fixable is null || finding.FixedIn is not null == rule.Fixable)
        && (rule.Advisories.IsEmpty || finding.Aliases.Append(finding.Id).Any(id => NamePattern.CoversAny(rule.Advisories, id)));

    private static bool Holds(RiskRule rule, LifecycleStatus status) =>
        status.State == LifecycleState.EndOfLife || (status.DaysUntilEndOfLife is { } days && days <= rule.EndOfLifeWithinDays && rule.EndOfLifeWithinDays > 0);

    private static string? WhyNot(RiskRule rule, Component component)
    {
        if (rule.Denied.FirstOrDefault(pattern => pattern.Covers(component.Purl)) is { } denied)
        {
            return $"is denied by '{denied.Text}'";
        }

        if (!rule.Reserved.IsEmpty
            && rule.Reserved.Any(pattern => pattern.Covers(component.Purl))
            && !NamePattern.CoversAny(rule.Origins, component.Origin ?? ""))
        {
            return component.Origin is null ? "has a reserved name and tells no origin" : "has a reserved name and comes from elsewhere";
        }

        if (component.Licenses.FirstOrDefault(license => NamePattern.CoversAny(rule.Licenses, license)) is { } found)
        {
            return $"is under {found}";
        }

        return !rule.Vetted.IsEmpty
            && (rule.Ecosystems.IsEmpty || rule.Ecosystems.Contains(component.Purl.Type, StringComparer.Ordinal))
            && !rule.Vetted.Any(pattern => pattern.Covers(component.Purl))
            ? "is not vetted"
            : null;
    }

    private static RuleItem ItemOf(Finding finding, EndedSupport ended)
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
            + (status.State == LifecycleState.EndOfLife ? $"ended {status.EndOfLife:yyyy-MM-dd}" : $"ends {status.EndOfLife:yyyy-MM-dd}"),
        Package = PackageUrl.TryParse(status.Subject, out var purl, out _) ? purl : null,
    };
}
