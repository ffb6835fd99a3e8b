using OssRuntime.Exposure.Pods;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Model.Images;

namespace OssRuntime.Operator.Pods;

/// <summary>The platforms of the nodes.</summary>
internal sealed class NodePlatforms(Store<NodeView> nodes)
{
    /// <summary>The platform of a node; null for one that is not there or has not reported yet.</summary>
    public Platform? Of(string node) => nodes.Get(new ObjectKey(null, node))?.Platform;
}
