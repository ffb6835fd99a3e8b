namespace OssRuntime.Advisories.Matching;

/// <summary>An advisory on a package, what it states, and the verdict on the version with its reason.</summary>
public sealed record TraceCandidate(string Advisory, string Source, string Statement, bool Affected, string Reason);
