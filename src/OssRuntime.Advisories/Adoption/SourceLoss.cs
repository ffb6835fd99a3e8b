namespace OssRuntime.Advisories.Adoption;

/// <summary>A source that would lose more than sources do.</summary>
/// <param name="Source">The source: <c>osv/npm</c>.</param>
/// <param name="Reason">What it would lose.</param>
public sealed record SourceLoss(string Source, string Reason);
