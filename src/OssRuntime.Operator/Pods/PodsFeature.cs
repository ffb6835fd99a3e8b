using System.Collections.Frozen;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Composition;

namespace OssRuntime.Operator.Pods;

/// <summary>Follows pods: who owns each, and which images run in it.</summary>
internal sealed class PodsFeature : IOperatorFeature
{
    public void Install(OperatorBuilder builder)
    {
        var cluster = builder.Cluster;
        var reconciler = new PodReconciler(
            cluster.Pods,
            new NodePlatforms(cluster.Nodes),
            new OwnerWalk(new OwnerReader(cluster.Connection, cluster.Discovery)),
            builder.State.Running,
            builder.State.Backlog,
            builder.State.Queues,
            new PodReconcilerOptions(builder.Options.ExcludedNamespaces.ToFrozenSet(StringComparer.Ordinal), builder.Environment.Time));
        builder.OnLeader(new Controller<ObjectKey>("pod", builder.State.Queues.Pods, reconciler, builder.Environment, new ControllerOptions { Workers = 8 }));
    }
}
