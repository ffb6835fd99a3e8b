namespace OssRuntime.Advisories.Matching;

/// <summary>A component that advisories speak of and whose version cannot be compared with theirs, and why.</summary>
public sealed record UncomparedComponent(string Purl, string Reason);
