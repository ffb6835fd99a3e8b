namespace OssRuntime.Stage.Clusters;

/// <summary>What a cluster must have.</summary>
public sealed record ClusterOptions
{
    /// <summary>
    /// Whether Deployments become pods, owners' deletion deletes what they own, and service accounts appear by themselves. Without, pods can
    /// be created by hand and take no service account. Not possible with <see cref="ClusterOrigin.KubebuilderAssets"/> that lack kube-controller-manager.
    /// </summary>
    public bool WithControllers { get; init; }

    /// <summary>
    /// Whether pods really run. Where a cluster is built here, that takes root and a good deal of the kernel; the controllers come with it.
    /// </summary>
    public bool WithNode { get; init; }

    /// <summary>Only this way of getting a cluster, instead of the first one that is possible.</summary>
    public ClusterOrigin? Only { get; init; }

    /// <summary>Registries on this machine's loopback address (<c>127.0.0.1:port</c>) that a node must reach under that name.</summary>
    public IReadOnlyList<string> Registries { get; init; } = [];

    /// <summary>The address at which pods reach the API server; null where there are none that run.</summary>
    public string? AdvertisedAddress { get; init; }

    /// <summary>
    /// Whether Services of type ExternalName lead the API server to this machine: webhooks then run beside it, under the names and certificates that they
    /// have in a cluster. Only of servers that are started here.
    /// </summary>
    public bool WebhooksOnThisMachine { get; init; }

    /// <summary>Whether the API server writes each request down; only of servers that are started here.</summary>
    public bool Audited { get; init; }
}
