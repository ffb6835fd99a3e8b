using System.Collections.Immutable;

namespace OssRuntime.Advisories.Database;

/// <summary>One reason for leaving records, or parts of them, out: how many, and the first few by name.</summary>
public sealed record ReasonInfo(string Reason, long Records, ImmutableArray<string> Examples);
