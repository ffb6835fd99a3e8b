using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Matching;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Operator.Knowledge;

/// <summary>
/// Matches against the generation that is in use. All images of a generation share one matcher: they share most of their packages, and what was
/// answered for one is remembered for the next.
/// </summary>
internal sealed class CurrentMatcher(CurrentDatabase database)
{
    private volatile GenerationMatcher? _last;

    /// <summary>What is known about an inventory; null as long as there is no database.</summary>
    /// <exception cref="AdvisoryDatabaseException">The database is damaged.</exception>
    public MatchResult? Match(ComponentInventory inventory, DateOnly day)
    {
        using var lease = database.Lease();
        if (lease is null)
        {
            return null;
        }

        // Two that come at once to a new generation may each make a matcher: the later one stays, and no answer depends on it.
        var last = _last;
        if (last is null || last.Database != lease.Database)
        {
            _last = last = new GenerationMatcher(lease.Database, new Matcher(lease.Database));
        }

        return last.Matcher.Match(inventory, day);
    }

    private sealed record GenerationMatcher(AdvisoryDatabase Database, Matcher Matcher);
}
