using System.Collections.Immutable;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.Vex;

namespace OssRuntime.Operator.Knowledge;

/// <summary>
/// Matches against the generation that is in use, and holds the findings against what VEX says of them. All images of a generation share one matcher: they share most
/// of their packages, and what was answered for one is remembered for the next.
/// </summary>
internal sealed class CurrentMatcher(CurrentDatabase database, MatchOptions options, VexKeeper vex)
{
    private volatile GenerationMatcher? _last;

    /// <summary>What is known about an image; null as long as there is no database.</summary>
    /// <param name="image">The image.</param>
    /// <param name="attached">The VEX documents that are attached to it and may be believed.</param>
    /// <param name="day">The day that lifecycles are judged on.</param>
    /// <exception cref="AdvisoryDatabaseException">The database is damaged.</exception>
    public MatchResult? Match(VexSubject image, ImmutableArray<VexDocument> attached, DateOnly day)
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
            _last = last = new GenerationMatcher(lease.Database, new Matcher(lease.Database, options));
        }

        var result = last.Matcher.Match(image.Inventory, day);
        return result with { Findings = vex.Library.Apply(result.Findings, image, attached, vex.Tell) };
    }

    private sealed record GenerationMatcher(AdvisoryDatabase Database, Matcher Matcher);
}
