using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Balancers;

/// <summary>How far a balancer reaches.</summary>
/// <param name="Level">The level.</param>
/// <param name="Note">Why it is not the Internet, or empty.</param>
/// <param name="Doubt">What may make it the Internet after all, or null.</param>
internal readonly record struct BalancerReach(ExposureLevel Level, string Note = "", string? Doubt = null)
{
    public static readonly BalancerReach Internet = new(ExposureLevel.Internet);

    public static BalancerReach Cluster(string note) => new(ExposureLevel.Cluster, note);
}
