using System.Collections.Immutable;
using OssRuntime.Exposure.Graph;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Described;

/// <summary>The path of a level that somebody declares: who does, and what was found beside it, so that a lower word never hides it.</summary>
public static class DeclaredExposure
{
    /// <summary>The steps.</summary>
    /// <param name="from">Who declares it: <c>on the workload</c>.</param>
    /// <param name="declared">The level that is declared.</param>
    /// <param name="found">What was found; null for nothing.</param>
    public static ImmutableArray<string> PathOf(string from, ExposureLevel declared, PodExposure? found) =>
        found is null || found.Highest <= declared
            ? [$"declared {from}"]
            : [$"declared {from}", $"found: {(found.Highest > found.Level ? $"{found.Level}, may be {found.Highest}" : found.Level)}", .. found.Path, .. found.Uncertain.Select(item => item.Text)];
}
