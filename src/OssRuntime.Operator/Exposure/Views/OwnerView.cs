using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Operator.Exposure.Views;

/// <summary>A workload's metadata: what its owner declares.</summary>
internal sealed record OwnerView(ViewMetadata Metadata) : IView
{
    /// <summary>The kinds whose own annotations are read.</summary>
    public static readonly ResourceKind[] Resources =
    [
        new("apps", "v1", "deployments", "Deployment", Namespaced: true),
        new("apps", "v1", "statefulsets", "StatefulSet", Namespaced: true),
        new("apps", "v1", "daemonsets", "DaemonSet", Namespaced: true),
        new("batch", "v1", "cronjobs", "CronJob", Namespaced: true),
    ];
}
