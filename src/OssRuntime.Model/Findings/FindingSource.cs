using OssRuntime.Model.Advisories;

namespace OssRuntime.Model.Findings;

/// <summary>
/// One source's word on a finding: its advisory, the feed it came from, the range or version list that matched as text, the version it
/// names as the fix, and the vector and severity word it gives.
/// </summary>
public sealed record FindingSource(string Advisory, string Feed, string Matched, string? FixedIn, string? Vector, string? SeverityWord)
{
    /// <summary>What the source does about it.</summary>
    public FixState State { get; init; }
}
