using System.Collections.Immutable;
using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Graph;

/// <summary>All ways to a pod, each with the port of the pod that it ends at: through Services, through its node, at its own address, through a tunnel that it opens.</summary>
internal sealed class PodWays(ClusterObjects objects, IReadOnlyDictionary<ObjectKey, ImmutableArray<NetworkPath>> ways)
{
    /// <summary>The Services in front of a pod.</summary>
    public IReadOnlyList<ServiceView> ServicesOf(PodView pod) =>
    [
        .. objects.Services.Selecting(pod.Key.Namespace, pod.Labels),
        .. objects.ServicesBySlice(pod).Select(objects.Services.Find).OfType<ServiceView>(),
    ];

    /// <summary>The ways; a null port is any.</summary>
    public IEnumerable<(NetworkPath Way, PodPort? Port)> To(PodView pod, IReadOnlyList<ServiceView> services) =>
        ThroughNode(pod).Concat(services.SelectMany(service => ThroughService(service, pod))).Concat(AtAddress(pod)).Concat(ThroughTunnel(pod));

    private IEnumerable<(NetworkPath, PodPort?)> ThroughService(ServiceView service, PodView pod)
    {
        foreach (var way in ways.GetValueOrDefault(service.Metadata.Key, []))
        {
            if (TryTarget(service, way.Port, pod, out var port))
            {
                yield return (way, port);
            }
        }
    }

    private IEnumerable<(NetworkPath, PodPort?)> ThroughNode(PodView pod)
    {
        if (pod.HostNetwork)
        {
            PodPort?[] declared = pod.Ports.IsEmpty ? [null] : [.. pod.Ports];
            foreach (var port in declared)
            {
                foreach (var way in OnNode(pod, "host network"))
                {
                    yield return (way, port);
                }
            }

            yield break;
        }

        foreach (var port in pod.Ports.Where(port => port is { HostPort: > 0, OnLoopback: false }))
        {
            foreach (var way in OnNode(pod, $"host port {port.HostPort}"))
            {
                yield return (way, port);
            }
        }
    }

    // A pod that has no node yet may come onto any.
    private IEnumerable<NetworkPath> OnNode(PodView pod, string step)
    {
        var reach = pod.Node.Length == 0 ? objects.Rules.OfNodes() : default;
        var level = pod.Node.Length == 0 ? reach.Level : objects.Balancers.IsPublic(pod.Node) ? ExposureLevel.Internet : ExposureLevel.Cluster;
        yield return new NetworkPath(level, [step], null);
        if (reach.Doubt is { } doubt)
        {
            yield return new NetworkPath(ExposureLevel.Internet, [step], null) { Doubt = $"{step}: {doubt}" };
        }
    }

    private static IEnumerable<(NetworkPath, PodPort?)> AtAddress(PodView pod) =>
        pod.Ports.Select(port => (new NetworkPath(ExposureLevel.Cluster, ["pod address"], null), (PodPort?)port));

    // What a policy says of connections that come in is nothing to one that goes out.
    private static IEnumerable<(NetworkPath, PodPort?)> ThroughTunnel(PodView pod)
    {
        if (PodRoles.TunnelOf(pod) is { } client)
        {
            yield return (new NetworkPath(ExposureLevel.Internet, [$"tunnel of {client}"], null) { GoesOut = true }, null);
        }
        else if (PodRoles.PossibleTunnelOf(pod) is { } possible)
        {
            yield return (new NetworkPath(ExposureLevel.Internet, [$"tunnel of {possible}"], null) { GoesOut = true, Doubt = $"{possible} may open a tunnel to the Internet, which its pod does not show" }, null);
        }
    }

    // The port of the pod behind a port of the Service. A name that no container has leads nowhere.
    private bool TryTarget(ServiceView service, ServiceView.ServicePort? port, PodView pod, out PodPort? target)
    {
        target = null;
        if (port is null)
        {
            return true;
        }

        var protocol = port.Protocol ?? "TCP";
        if (service.Spec?.Selector is not { Count: > 0 })
        {
            var stated = objects.SlicesOf[service.Metadata.Key]
                .SelectMany(slice => objects.Slices[slice].Ports ?? [])
                .FirstOrDefault(candidate => (candidate.Name ?? "") == (port.Name ?? "") && (candidate.Protocol ?? "TCP") == protocol);
            target = new PodPort(null, stated?.Number ?? port.Number, protocol, 0, false);
            return true;
        }

        if (port.TargetPort.Name is { } name)
        {
            target = pod.Ports.FirstOrDefault(candidate => candidate.Name == name && candidate.Protocol == protocol);
            return target is not null;
        }

        target = new PodPort(null, port.TargetPort == default ? port.Number : port.TargetPort.Number, protocol, 0, false);
        return true;
    }
}
