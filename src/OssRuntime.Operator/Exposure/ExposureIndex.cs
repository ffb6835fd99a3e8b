using System.Collections.Concurrent;
using OssRuntime.Exposure.Graph;
using OssRuntime.Exposure.Kinds;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Watching;

namespace OssRuntime.Operator.Exposure;

/// <summary>Keeps the graph equal to the cluster: each object is put into it when its event has its turn.</summary>
internal sealed class ExposureIndex(InformerRegistry informers, ExposureGraph graph, WorkQueue<ClusterEvent> events) : IExposureFollower
{
    private readonly ConcurrentDictionary<string, (IExposureKind Kind, ResourceKind Resource)> _followed = new(StringComparer.Ordinal);

    /// <summary>Follows the kinds that every server has in one version, and names the others to be followed once they are there.</summary>
    public void Follow(KindWatch kinds)
    {
        foreach (var kind in ExposureKinds.All)
        {
            if (kind.Resource is { } resource)
            {
                Follow(kind, resource);
            }
            else
            {
                kinds.Await(kind.Group, kind.Kind, found => Follow(kind, found));
            }
        }
    }

    /// <summary>Brings the graph up to the object's present state. False where the graph has no use for the kind.</summary>
    public bool Refresh(ClusterEvent happened)
    {
        if (!_followed.TryGetValue(happened.Kind, out var followed))
        {
            return false;
        }

        graph.Put(followed.Kind.Id, happened.Key, followed.Kind.Find(informers, followed.Resource, happened.Key));
        return true;
    }

    /// <inheritdoc/>
    public void Changed(string kind, ObjectKey key, bool initial) => events.Add(kind, key, initial);

    private void Follow(IExposureKind kind, ResourceKind resource)
    {
        _followed[kind.WatchId] = (kind, resource);
        kind.Follow(informers, resource, this);
    }
}
