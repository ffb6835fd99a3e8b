using System.Collections.Immutable;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.Vex;
using OssRuntime.Model.Packages;

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

        var result = Of(lease.Database).Match(image.Inventory, day);
        return result with { Findings = vex.Library.Apply(result.Findings, image, attached, vex.Tell) };
    }

    /// <summary>The day on which a component's version was published, where the generation in use tells it.</summary>
    /// <exception cref="AdvisoryDatabaseException">The database is damaged.</exception>
    public DateOnly? PublishedOn(Component component)
    {
        using var lease = database.Lease();
        return lease is null ? null : Of(lease.Database).PublishedOn(component);
    }

    // Two that come at once to a new generation may each make a matcher: the later one stays, and no answer depends on it.
    private Matcher Of(AdvisoryDatabase generation)
    {
        var last = _last;
        if (last is null || last.Database != generation)
        {
            _last = last = new GenerationMatcher(generation, new Matcher(generation, options));
        }

        return last.Matcher;
    }

    private sealed record GenerationMatcher(AdvisoryDatabase Database, Matcher Matcher);
}
