using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Lifecycle;
using OssRuntime.Advisories.NameChecks;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Matching;

/// <summary>
/// Answers for an inventory: what is known to be wrong with its components.
/// <code>
///   component ──► (1) owned by an OS package of the distribution? then that answers, unless it is silent and the owner asks all the same
///       │
///       ├──► (2) ecosystems and names to ask ──► package index ──► rows
///       │                                                           │
///       │                     (3) version in a range or list? ◄─────┘
///       │                                │ rows that affect it, and those of the same flaw that do not
///       │                                ▼
///       │                     (4) group by flaw: one finding with every source's word
///       ▼
///   (5) order, lifecycles, coverage
/// </code>
/// Safe to use from many threads, and one for all images is faster than one for each; a result depends on the inventory, the generation and the day alone.
/// </summary>
public sealed class Matcher(AdvisoryDatabase database, MatchOptions? options = null)
{
    private readonly MatchMemory _memory = new();
    private readonly MatchOptions _options = options ?? MatchOptions.Default;
    private readonly NameChecker _names = new(database, (options ?? MatchOptions.Default).ReservedNames);
    private readonly VersionChecker _versions = new(database);

    /// <summary>When the newest record of the generation was changed; null where no record has a date.</summary>
    public DateTimeOffset? NewestRecord => database.Info.NewestRecord;

    /// <summary>
    /// The day on which a component's version was published, where the index of versions has it; null where it does not, and for what came from another registry
    /// or with a package of the distribution.
    /// </summary>
    /// <exception cref="AdvisoryDatabaseException">The database is damaged.</exception>
    /// <exception cref="ObjectDisposedException">The database is closed.</exception>
    public DateOnly? PublishedOn(Component component)
    {
        using var lease = database.Lease();
        return _versions.PublishedOn(component);
    }

    /// <summary>Matches an inventory.</summary>
    /// <param name="inventory">The components and the distribution.</param>
    /// <param name="day">The day that lifecycles are judged on.</param>
    /// <exception cref="AdvisoryDatabaseException">The database is damaged.</exception>
    /// <exception cref="ObjectDisposedException">The database is closed.</exception>
    public MatchResult Match(ComponentInventory inventory, DateOnly day)
    {
        using var lease = database.Lease();
        var packages = new PackageMatcher(database, _memory);
        var findings = new List<Finding>();
        var notices = new List<LifecycleStatus>();
        var coverage = new CoverageCounter();
        var owners = new PackageOwners(inventory);
        foreach (var component in inventory.Components)
        {
            // :: Step 1: whose it is
            if (component.OwnedBy is { } owner && !IsAskedItself(owner, owners, packages))
            {
                coverage.Add(component, owners.Find(owner), packages);
                continue;
            }

            // :: Steps 2 to 4: what is known about it, and where nothing could be said
            var match = component.Ecosystem.Name is null or "" ? PackageMatch.NotCovered : packages.Match(component);
            coverage.Add(component, match);
            foreach (var finding in match.Findings)
            {
                findings.Add(ReferenceEquals(finding.Component, component) ? finding : finding with { Component = component });
            }

            if (_names.Check(component) is { } named)
            {
                findings.Add(named);
            }

            if (_versions.Check(component) is { } versioned)
            {
                findings.Add(versioned);
            }

            AddNotices(notices, component, match);
        }

        findings.Sort(FindingOrder.Instance);
        return new MatchResult
        {
            Findings = [.. findings],
            Lifecycles = [.. LifecycleMatcher.Order(new LifecycleMatcher(database, _options.ExtendedSupport).Match(inventory, day).Concat(notices))],
            Uncovered = coverage.Uncovered,
            Checked = coverage.Of(inventory, database.Info, _options.StaleAfter, day),
            Uncompared = coverage.Uncompared,
            Generation = database.Generation,
            NewestRecord = NewestRecord,
        };
    }

    /// <summary>The same for a component of an inventory: where its distribution is silent and the owner asks, upstream's word is told too.</summary>
    public MatchTrace Explain(Component component, ComponentInventory inventory)
    {
        using var lease = database.Lease();
        if (component.OwnedBy is not { } purl)
        {
            return Explain(component);
        }

        var owners = new PackageOwners(inventory);
        return IsAskedItself(purl, owners, new PackageMatcher(database, _memory)) ? Explain(component with { OwnedBy = null })
            : new MatchTrace(component, $"it was installed by {purl}, so the advisories of its distribution decide: {(owners.Find(purl) is { } owner ? Explain(owner).Answer : "NOT COVERED: the inventory does not list that package")}", [], []);
    }

    // What another publisher's package brought is asked about itself; so is what is in a package of the distribution's on which that is silent, where the owner of the cluster wants it.
    private bool IsAskedItself(string owner, PackageOwners owners, PackageMatcher packages) =>
        owners.Find(owner) is { } package && (package.IsThirdParty || (_options.AskUpstreamWhereSilent && packages.IsSilentOn(package)));

    /// <summary>The chain from a component to what is said about it: each name asked for, each candidate, and why it does or does not affect.</summary>
    public MatchTrace Explain(Component component)
    {
        using var lease = database.Lease();
        var trace = new MatchTracer(database, _memory).Trace(component);
        var named = _names.Check(component);
        var versioned = _versions.Check(component);
        return trace with { Findings = [.. trace.Findings, .. new[] { named, versioned }.OfType<Finding>()] };
    }

    /// <summary>A package that nobody maintains, or a version that its publisher gave up, is past its end whatever the day.</summary>
    private void AddNotices(List<LifecycleStatus> notices, Component component, PackageMatch match)
    {
        if (match.Unmaintained is { } source)
        {
            notices.Add(Ended(component, "unmaintained", source));
        }

        if (_versions.Notice(component) is { } notice)
        {
            notices.Add(Ended(component, notice, "versions"));
        }
    }

    private static LifecycleStatus Ended(Component component, string cycle, string source) =>
        new(component.Name, cycle, LifecycleState.EndOfLife, EndOfLife: null, DaysUntilEndOfLife: null, component.Purl.ToString(), source);
}
