using OssRuntime.Model.Packages;

namespace OssRuntime.Policy.Rules;

/// <summary>What a rule on packages has against one, whether or not anything is known against it.</summary>
internal static class PackageRule
{
    /// <summary>Why the component breaks the rule, to be read after its name; null where it does not.</summary>
    public static string? WhyNot(RiskRule rule, Component component, PolicySubject subject)
    {
        if (rule.Denied.FirstOrDefault(pattern => pattern.Covers(component.Purl)) is { } denied)
        {
            return $"is denied by '{denied.Text}'";
        }

        // A version that nobody can compare does not get a package past a rule.
        if (rule.Denied.FirstOrDefault(pattern => pattern.Judge(component.Purl) is null) is { } doubtful)
        {
            return $"may be denied by '{doubtful.Text}': {(component.Purl.Version is null ? "it has no version" : "its version cannot be compared")}";
        }

        if (!rule.Reserved.IsEmpty
            && rule.Reserved.Any(pattern => pattern.Covers(component.Purl))
            && !NamePattern.CoversAny(rule.Origins, component.Origin ?? ""))
        {
            return component.Origin is null ? "has a reserved name and tells no origin" : "has a reserved name and comes from elsewhere";
        }

        if (LicenseRule.WhyNot(rule, component.Licenses) is { } license)
        {
            return license;
        }

        if (rule.MinimumAgeDays is { } least && IsMeant(rule, component) && subject.Today is { } today && subject.PublishedOn(component) is { } published
            && today.DayNumber - published.DayNumber < least)
        {
            return $"was published on {published:yyyy-MM-dd}, less than {least} days ago";
        }

        return !rule.Vetted.IsEmpty && IsMeant(rule, component) && !rule.Vetted.Any(pattern => pattern.Covers(component.Purl)) ? "is not vetted" : null;
    }

    private static bool IsMeant(RiskRule rule, Component component) =>
        rule.Ecosystems.IsEmpty || rule.Ecosystems.Contains(component.Purl.Type, StringComparer.OrdinalIgnoreCase);
}
