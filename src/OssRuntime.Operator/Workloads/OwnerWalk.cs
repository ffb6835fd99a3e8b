using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OssRuntime.Exposure.Pods;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.Workloads;

/// <summary>
/// Finds the workload of a pod by walking controllers upwards, whatever their kinds: ReplicaSet → Deployment → anything. An owner is named by
/// the reference to it; it is read only to learn whether it has an owner itself. What may not be read or is gone ends the walk there.
/// </summary>
internal sealed partial class OwnerWalk(KubernetesConnection connection, ApiDiscovery discovery)
{
    private const int HighestTower = 8;
    private const int MostRemembered = 50_000;

    // A controller's own controller does not change in its lifetime, but for adoption, which no built-in kind does to another's objects.
    private readonly ConcurrentDictionary<string, OwnerReference?> _ownerOf = new(StringComparer.Ordinal);
    private readonly ILogger _logger = connection.Environment.Loggers.CreateLogger<OwnerWalk>();

    /// <summary>The topmost controller, or the pod itself where it has none.</summary>
    public async Task<WorkloadKey> TopAsync(PodView pod, CancellationToken cancel)
    {
        var @namespace = pod.Key.Namespace ?? "";
        if (pod.Controller is not { } top)
        {
            return new WorkloadKey(@namespace, PodView.Resource.ApiVersion, PodView.Resource.Kind, pod.Key.Name, pod.Uid);
        }

        for (var height = 0; height < HighestTower; height++)
        {
            if (await OwnerOfAsync(@namespace, top, cancel) is not { } next)
            {
                break;
            }

            top = next;
        }

        return new WorkloadKey(@namespace, top.ApiVersion, top.Kind, top.Name, top.Uid);
    }

    private async Task<OwnerReference?> OwnerOfAsync(string @namespace, OwnerReference reference, CancellationToken cancel)
    {
        if (_ownerOf.TryGetValue(reference.Uid, out var known))
        {
            return known;
        }

        var owner = await ReadOwnerAsync(@namespace, reference, cancel);
        if (_ownerOf.Count >= MostRemembered)
        {
            _ownerOf.Clear();
        }

        _ownerOf[reference.Uid] = owner;
        return owner;
    }

    private async Task<OwnerReference?> ReadOwnerAsync(string @namespace, OwnerReference reference, CancellationToken cancel)
    {
        // Static pods are owned by their node, which is no workload.
        if (await discovery.FindAsync(reference.ApiVersion, reference.Kind, cancel) is not { Namespaced: true } kind)
        {
            return null;
        }

        try
        {
            var client = new ResourceClient<PartialObject>(connection, kind, PartialObject.TypeInfo) { MetadataOnly = true };
            var found = await client.FindAsync(new ObjectKey(@namespace, reference.Name), cancel);
            return found?.Uid == reference.Uid ? found.Metadata.ControllerOwner : null;
        }
        catch (ApiException error) when (error.IsForbidden)
        {
            Log.NotAllowed(_logger, kind);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Kind} owns pods and may not be read: it is taken for the workload (rbac.extraOwners of the chart lets it be walked up from)")]
        public static partial void NotAllowed(ILogger logger, ResourceKind kind);
    }
}
