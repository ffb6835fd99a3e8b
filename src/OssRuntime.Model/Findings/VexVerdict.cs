namespace OssRuntime.Model.Findings;

/// <summary>The VEX statement that decided a finding's status.</summary>
/// <param name="Source">The document it is from.</param>
/// <param name="Justification">Why the component is not affected, in VEX words (<c>vulnerable_code_not_present</c>), or null.</param>
/// <param name="Statement">What the author says about it, or null.</param>
/// <param name="At">When it was made, or null.</param>
public sealed record VexVerdict(string Source, string? Justification, string? Statement, DateTimeOffset? At);
