namespace OssRuntime.Advisories.Matching;

/// <summary>An advisory on a package, what it states, and the verdict on the version with its reason.</summary>
/// <param name="Advisory">Its id.</param>
/// <param name="Source">Who published it.</param>
/// <param name="Statement">The versions that it speaks of.</param>
/// <param name="Affected">Whether the version is one of them; null where that is not known: there is no version, or it cannot be compared.</param>
/// <param name="Reason">Why.</param>
public sealed record TraceCandidate(string Advisory, string Source, string Statement, bool? Affected, string Reason);
