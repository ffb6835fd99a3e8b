namespace OssRuntime.Policy.Priorities;

/// <summary>From how far away a workload can be reached, nearest first.</summary>
public enum ExposureLevel
{
    /// <summary>Nothing can reach it: policies keep everybody away.</summary>
    None,

    /// <summary>Only what runs in its own namespace.</summary>
    Namespace,

    /// <summary>Whatever runs in the cluster, or in the private networks around it.</summary>
    Cluster,

    /// <summary>Anybody.</summary>
    Internet,
}
