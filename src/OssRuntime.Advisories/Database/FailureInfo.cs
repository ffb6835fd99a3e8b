namespace OssRuntime.Advisories.Database;

/// <summary>A file that could not be read, or not to its end, and why.</summary>
public sealed record FailureInfo(string File, string Reason);
