using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Lifecycle;
using OssRuntime.Advisories.Names;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Matching;

/// <summary>
/// Answers for an inventory: what is known to be wrong with its components.
/// <code>
///   component ──► (1) owned by an OS package? then that package's distribution answers
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
    private readonly NameChecker _names = new(database, options ?? MatchOptions.Default);

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
        var uncovered = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var uncompared = new List<UncomparedComponent>();
        foreach (var component in inventory.Components)
        {
            // :: Step 1: whose it is
            if (component.OwnedBy is not null || component.Ecosystem.Name is null or "")
            {
                continue;
            }

            // :: Steps 2 to 4: what is known about it
            var match = packages.Match(component);
            foreach (var finding in match.Findings)
            {
                findings.Add(ReferenceEquals(finding.Component, component) ? finding : finding with { Component = component });
            }

            if (_names.Check(component) is { } named)
            {
                findings.Add(named);
            }

            // :: Step 5: where nothing could be said
            if (!match.Covered)
            {
                var name = component.Ecosystem.ToString();
                uncovered[name] = uncovered.GetValueOrDefault(name) + 1;
            }

            if (match.Refusal is { } reason)
            {
                uncompared.Add(new UncomparedComponent(component.Purl.ToString(), reason));
            }
        }

        findings.Sort(FindingOrder.Instance);
        return new MatchResult
        {
            Findings = [.. findings],
            Lifecycles = [.. new LifecycleMatcher(database, _options.ExtendedSupport).Match(inventory, day)],
            Uncovered = [.. uncovered.Select(pair => new UncoveredEcosystem(pair.Key, pair.Value))],
            Uncompared = [.. uncompared.Distinct().OrderBy(component => component.Purl, StringComparer.Ordinal)],
            Generation = database.Generation,
        };
    }

    /// <summary>The chain from a component to what is said about it: each name asked for, each candidate, and why it does or does not affect.</summary>
    public MatchTrace Explain(Component component)
    {
        using var lease = database.Lease();
        var trace = new MatchTracer(database, _memory).Trace(component);
        return _names.Check(component) is { } named ? trace with { Findings = trace.Findings.Add(named) } : trace;
    }
}
