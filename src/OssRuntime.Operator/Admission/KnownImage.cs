using System.Collections.Immutable;

namespace OssRuntime.Operator.Admission;

/// <summary>What is known of an image by the name that a pod gives it.</summary>
/// <param name="Digest">The digest that the name stands for; null where that is not known.</param>
/// <param name="RunsSince">Since when the same workload of the same namespace runs that digest; null where it does not.</param>
/// <param name="Expected">Whether somebody is about to inventory it, since it runs or has an object.</param>
/// <param name="Problem">Why it has no inventory, where that is known.</param>
/// <param name="Verdicts">The verdicts on it, one for each platform; empty where there is none yet.</param>
internal sealed record KnownImage(string? Digest, DateTimeOffset? RunsSince, bool Expected, string? Problem, ImmutableArray<ImageVerdict> Verdicts)
{
    /// <summary>Why nothing in it could be checked on some platform, or null.</summary>
    public string? Unchecked => Verdicts.Select(verdict => verdict.Unchecked).OfType<string>().FirstOrDefault();

    /// <summary>
    /// True where only what other namespaces run says what the name stands for. What is held against that digest counts; that nothing is says nothing of what is pulled here.
    /// </summary>
    public bool IsHearsay { get; init; }

    /// <summary>
    /// True where the workload ran it before a policy had anything against it, as one that was looked at: not where it came in as an unknown image and turned out bad.
    /// </summary>
    /// <param name="policyCreated">When the policy was made.</param>
    /// <param name="knownSince">When what it has against the image became known; null where that was not written down.</param>
    public bool HasGrace(DateTimeOffset? policyCreated, DateTimeOffset? knownSince) =>
        RunsSince is { } since && !Verdicts.IsEmpty && !(since > knownSince)
        && (since <= policyCreated || since >= FirstJudged || knownSince - FirstJudged > Settling);

    // Policies judge an image within minutes of its inventory.
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(10);

    private DateTimeOffset FirstJudged => Verdicts.Min(verdict => verdict.Created);

    /// <summary>An image that nobody knows.</summary>
    public static readonly KnownImage Unknown = new(null, null, false, null, []);
}
