using System.Collections.Immutable;
using OssRuntime.Exposure.Pods;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Graph;

/// <summary>How far a pod can be reached: the farthest of all ways that lead to it, as far as policies let them; and what may make it farther.</summary>
/// <param name="objects">What the cluster has.</param>
/// <param name="policies">What its policies come to.</param>
/// <param name="ways">The ways to each Service, as of the moment of the question.</param>
internal sealed class PodExposureEvaluator(
    ClusterObjects objects, NetworkPolicyEvaluator policies, IReadOnlyDictionary<ObjectKey, ImmutableArray<NetworkPath>> ways)
{
    private readonly PodWays _ways = new(objects, ways);
    private readonly PodDoubts _doubts = new(objects);

    /// <summary>Computes it.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="alone">True where nobody keeps the answer current: then it also says which ways lead to Services that are not shown.</param>
    public PodExposure Judge(PodView pod, bool alone = false)
    {
        var services = _ways.ServicesOf(pod);
        var standing = new PodStanding(pod, services, policies.On(pod), objects);
        var search = new WaySearch(standing);
        foreach (var (way, port) in _ways.To(pod, services))
        {
            search.Consider(way, port);
        }

        // Whatever listens is reached at the pod's address, declared or not. Where policies isolate, they are about what is known to listen.
        if (!search.Found || (!standing.Admission.Isolated && search.Best.Level < ExposureLevel.Cluster))
        {
            search.Consider(new NetworkPath(ExposureLevel.Cluster, ["pod address"], null), null);
        }

        return search.Best with { Uncertain = _doubts.Of(standing, search, alone && !objects.SeesWholeCluster) };
    }
}
