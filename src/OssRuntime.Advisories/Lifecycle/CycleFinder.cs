using OssRuntime.Advisories.Feeds;

namespace OssRuntime.Advisories.Lifecycle;

/// <summary>Finds the release cycle that a version belongs to.</summary>
internal static class CycleFinder
{
    /// <summary>
    /// The cycle with the longest name that begins the version at a boundary of its parts: <c>3.20.3</c> is of <c>3.20</c>, <c>2.12.4</c> of
    /// <c>2.12</c> where there is such a cycle and else of <c>2</c>. A leading "v" does not count. Null where none fits.
    /// </summary>
    public static ReleaseCycle? Find(LifecycleProduct product, string version)
    {
        var text = version.AsSpan().TrimStart("vV");
        ReleaseCycle? best = null;
        foreach (var cycle in product.Cycles)
        {
            if (Begins(text, cycle.Name) && (best is null || cycle.Name.Length > best.Value.Name.Length))
            {
                best = cycle;
            }
        }

        return best;
    }

    /// <summary>A digit after the cycle's name makes another number of it (<c>1</c> and <c>10</c>); anything else ends it (<c>5.0rc1</c>).</summary>
    private static bool Begins(ReadOnlySpan<char> version, string cycle) =>
        cycle.Length > 0 && version.StartsWith(cycle, StringComparison.OrdinalIgnoreCase)
        && (version.Length == cycle.Length || !char.IsAsciiDigit(version[cycle.Length]) || !char.IsAsciiDigit(cycle[^1]));
}
