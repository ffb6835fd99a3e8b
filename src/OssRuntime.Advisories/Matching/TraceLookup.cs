using System.Collections.Immutable;

namespace OssRuntime.Advisories.Matching;

/// <summary>One question to the database, and the candidates that it had.</summary>
/// <param name="Ecosystem">The ecosystem asked.</param>
/// <param name="Name">The package's canonical name.</param>
/// <param name="Version">The version that was compared.</param>
/// <param name="Order">The name of the version order, or why none applies.</param>
/// <param name="Candidates">Every advisory on the package, in the order of the ids.</param>
public sealed record TraceLookup(string Ecosystem, string Name, string Version, string Order, ImmutableArray<TraceCandidate> Candidates);
