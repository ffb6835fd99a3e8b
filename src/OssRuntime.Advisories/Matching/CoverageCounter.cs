using System.Collections.Immutable;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Matching;

/// <summary>Counts which components of an inventory a database could answer for, and why it could not for the others.</summary>
internal sealed class CoverageCounter
{
    private readonly CheckCoverageBuilder _coverage = new();
    private readonly SortedDictionary<string, int> _uncovered = new(StringComparer.Ordinal);
    private readonly HashSet<UncomparedComponent> _uncompared = [];

    /// <summary>The ecosystems that there is no data on, by name.</summary>
    public ImmutableArray<UncoveredEcosystem> Uncovered => [.. _uncovered.Select(pair => new UncoveredEcosystem(pair.Key, pair.Value))];

    /// <summary>The components with versions that could not be compared, by purl.</summary>
    public ImmutableArray<UncomparedComponent> Uncompared => [.. _uncompared.OrderBy(component => component.Purl, StringComparer.Ordinal)];

    /// <summary>Counts a component that an OS package installed: its distribution answers for it, as far as it answers for the package.</summary>
    public void Add(Component component, Component? owner, PackageMatcher packages)
    {
        if (owner is null)
        {
            _coverage.AddUnchecked(UncheckedReason.DistributionUnknown, "", component.Purl.ToString());
        }
        else
        {
            Count(component, owner, packages.Match(owner));
        }
    }

    /// <summary>Counts a component whose own ecosystem was asked.</summary>
    public void Add(Component component, PackageMatch match)
    {
        Count(component, component, match);
        if (!match.Covered && component.Ecosystem.Name is not (null or ""))
        {
            var name = component.Ecosystem.ToString();
            _uncovered[name] = _uncovered.GetValueOrDefault(name) + 1;
        }

        if (match.Refusal is { } reason)
        {
            _uncompared.Add(new UncomparedComponent(component.Purl.ToString(), reason));
        }
    }

    // What was asked is the component itself, or the OS package that owns it.
    private void Count(Component component, Component asked, PackageMatch match)
    {
        if (match is { Covered: true, Refusal: null })
        {
            _coverage.AddChecked();
            return;
        }

        var reason = match.Covered ? UncheckedReason.VersionNotComparable
            : asked.Type == ComponentType.OsPackage && !NamesRelease(asked.Ecosystem) ? UncheckedReason.DistributionUnknown
            : UncheckedReason.EcosystemNotCovered;
        _coverage.AddUnchecked(reason, reason == UncheckedReason.DistributionUnknown ? "" : NameOf(asked), component.Purl.ToString());
    }

    /// <summary>The coverage of the inventory that was counted, as of a day.</summary>
    public CheckCoverage Of(ComponentInventory inventory, DatabaseInfo info, TimeSpan? staleAfter, DateOnly day)
    {
        var age = RecordAge.Of(info.NewestRecord, day);
        if (staleAfter is { } most && age.IsOver(most.TotalDays))
        {
            return CheckCoverage.Unmatched(inventory, UncheckedReason.DatabaseStale, StaleText(age));
        }

        _coverage.AddGaps(inventory);
        return _coverage.Build();
    }

    private static string StaleText(RecordAge age) => age switch
    {
        { DaysAhead: { } ahead } => $"its newest record is {ahead} days ahead of the clock, so its age is not known",
        { Days: { } days } => $"its newest record is {days} days old",
        _ => "none of its records has a date",
    };

    private static bool NamesRelease(Ecosystem ecosystem) =>
        ecosystem.Name is not (null or "") && (ecosystem.Release is not null || !EcosystemNames.IsDistribution(ecosystem));

    private static string NameOf(Component component) => component.Ecosystem.Name is null or ""
        ? $"package URLs of the type {component.Purl.Type}"
        : component.Ecosystem.ToString().Replace(':', ' ');
}
