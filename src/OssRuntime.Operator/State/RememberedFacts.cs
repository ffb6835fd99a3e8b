using System.Collections.Immutable;
using OssRuntime.Model.Findings;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Operator.State;

/// <summary>
/// What is still known of an image whose inventory is not at hand: what its object said when it was last matched. An image that cannot be read now is not one without
/// findings.
/// </summary>
internal static class RememberedFacts
{
    // The words of a line (PressingFinding): severity, advisory, score, purl, fix.
    private const int AdvisoryAt = 1;
    private const int PurlAt = 3;
    private const int FixAt = 4;

    /// <summary>The facts of an image in this state, with the counts and findings of an earlier report.</summary>
    /// <param name="key">The image.</param>
    /// <param name="state">Where it stands now.</param>
    /// <param name="reason">Why, in one CamelCase word.</param>
    /// <param name="message">Why, for people.</param>
    /// <param name="earlier">The report, where there is one that the operator wrote.</param>
    public static ImageFacts Of(ImageKey key, ImageState state, string reason, string message, ImageInventoryReport? earlier)
    {
        ImmutableArray<PressingFinding> told = [.. (earlier?.Findings ?? []).Select(Read).OfType<PressingFinding>()];
        return new ImageFacts
        {
            Key = key,
            State = state,
            Reason = reason,
            Message = message,
            IsRemembered = earlier?.Counts is not null,
            Generation = earlier?.Generation,
            NewestRecord = earlier?.NewestRecord,
            Checked = earlier?.Checked?.Read(),
            Counts = earlier?.Counts ?? new FindingCounts(),
            Findings = (earlier?.Findings.Length ?? 0) + (earlier?.Cut ?? 0),
            Top = told,
            Buckets = [.. told.CountBy(BucketOf).Select(pair => pair.Key with { Count = pair.Value })],
        };
    }

    // What decides on a priority is not in the line but for one word: the rest counts as not known.
    private static PressingFinding? Read(string line)
    {
        var words = line.Split(' ');
        if (words.Length <= FixAt || !Enum.TryParse<Severity>(words[0], out var severity))
        {
            return null;
        }

        var exploited = words.Contains("EXPLOITED");
        return new PressingFinding(
            severity,
            line,
            words[AdvisoryAt],
            words[PurlAt],
            words[FixAt] == "-" ? null : words[FixAt],
            "",
            exploited,
            new PriorityEvidence(exploited ? Exploitation.Active : Exploitation.None, exploited ? "KEV" : "not known", false, "not known"),
            Ended: false);
    }

    private static PriorityBucket BucketOf(PressingFinding finding) =>
        new(finding.Severity == Severity.Malicious, finding.Ended, finding.Evidence.Exploitation, finding.Evidence.Automatable, 0);
}
