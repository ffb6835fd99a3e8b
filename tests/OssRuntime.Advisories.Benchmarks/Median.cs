namespace OssRuntime.Advisories.Benchmarks;

/// <summary>The middle of what was measured, once all code is compiled.</summary>
internal static class Median
{
    /// <summary>Of the second half of the passes.</summary>
    public static double OfLastHalf(IReadOnlyList<double> passes) => passes.Skip(passes.Count / 2).Order().ElementAt((passes.Count - (passes.Count / 2)) / 2);
}
