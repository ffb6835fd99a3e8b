using System.Collections.Immutable;

namespace OssRuntime.Advisories.Vex;

/// <summary>A VEX document.</summary>
/// <param name="Name">Its id, or the name it was read under.</param>
/// <param name="Statements">Its statements, in its order.</param>
/// <param name="Skipped">Why parts of it were left out, a reason each.</param>
public sealed record VexDocument(string Name, ImmutableArray<VexStatement> Statements, ImmutableArray<string> Skipped);
