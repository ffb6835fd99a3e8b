using System.Collections.Immutable;

namespace OssRuntime.Operator.Admission;

/// <summary>What is known of an image by the name that a pod gives it.</summary>
/// <param name="Digest">The digest that the name stands for; null where that is not known.</param>
/// <param name="Runs">Whether a pod runs that digest.</param>
/// <param name="Expected">Whether somebody is about to inventory it, since it runs or has an object.</param>
/// <param name="Problem">Why it has no inventory, where that is known.</param>
/// <param name="Verdicts">The verdicts on it, one for each platform; empty where there is none yet.</param>
internal sealed record KnownImage(string? Digest, bool Runs, bool Expected, string? Problem, ImmutableArray<ImageVerdict> Verdicts)
{
    /// <summary>Why nothing in it could be checked on some platform, or null.</summary>
    public string? Unchecked => Verdicts.Select(verdict => verdict.Unchecked).OfType<string>().FirstOrDefault();

    /// <summary>An image that nobody knows.</summary>
    public static readonly KnownImage Unknown = new(null, false, false, null, []);
}
