using System.Collections.Immutable;

namespace OssRuntime.Advisories.Feeds;

/// <summary>A product with its release cycles, newest first, and by which names it is recognised.</summary>
/// <param name="Name">Its name in the data: <c>debian</c>, <c>nodejs</c>.</param>
/// <param name="Aliases">Other names.</param>
/// <param name="IsOperatingSystem">True for a distribution.</param>
/// <param name="Identifiers">Package URLs without version, CPEs, and Repology projects, each with its type before a colon: <c>purl:pkg:npm/vue</c>.</param>
/// <param name="Cycles">The cycles.</param>
public sealed record LifecycleProduct(
    string Name, ImmutableArray<string> Aliases, bool IsOperatingSystem, ImmutableArray<string> Identifiers, ImmutableArray<ReleaseCycle> Cycles);
