using OssRuntime.Model.Findings;

namespace OssRuntime.Advisories.Matching;

/// <summary>A severity, the vector and score it comes from, if it comes from one, and why that one was chosen.</summary>
internal readonly record struct ChosenSeverity(Severity Severity, double? Score, string? Vector, string Reason);
