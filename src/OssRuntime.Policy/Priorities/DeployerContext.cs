namespace OssRuntime.Policy.Priorities;

/// <summary>
/// What a workload adds to a finding's priority. Where the cluster tells nothing, a network with access control and a medium impact
/// are assumed, so that an unknown workload is neither an alarm nor out of sight.
/// </summary>
public readonly record struct DeployerContext(SystemExposure Exposure, HumanImpact Impact)
{
    /// <summary>The assumption for a workload of which nothing is known.</summary>
    public static readonly DeployerContext Assumed = new(SystemExposure.Controlled, HumanImpact.Medium);

    /// <summary>
    /// What a level means to the deployer's table: the Internet is open, the cluster, private networks and the own namespace are controlled (whoever gets into a neighbour is one
    /// step away), and what nobody can reach is small.
    /// </summary>
    public static SystemExposure ExposureOf(ExposureLevel level) => level switch
    {
        ExposureLevel.Internet => SystemExposure.Open,
        ExposureLevel.Cluster or ExposureLevel.Namespace => SystemExposure.Controlled,
        _ => SystemExposure.Small,
    };
}
