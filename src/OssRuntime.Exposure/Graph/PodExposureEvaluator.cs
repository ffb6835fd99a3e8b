using System.Collections.Immutable;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Exposure.Views;
using OssRuntime.Exposure.Pods;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Graph;

/// <summary>How far a pod can be reached: the farthest of all ways that lead to it, as far as NetworkPolicies let them.</summary>
/// <param name="objects">What the cluster has.</param>
/// <param name="ways">The ways to each Service, as of the moment of the question.</param>
internal sealed class PodExposureEvaluator(ClusterObjects objects, IReadOnlyDictionary<ObjectKey, ImmutableArray<NetworkPath>> ways)
{
    private static readonly PodExposure Unreachable = new(ExposureLevel.None, ["no Service and no declared port"]);

    private readonly NetworkPolicyEvaluator _policies = new(objects);

    public PodExposure Judge(PodView pod)
    {
        var policies = _policies.PoliciesOn(pod);
        var (best, start, found) = (Unreachable, ExposureLevel.None, false);
        foreach (var (level, steps, port, proxied, proxyNamespace) in Candidates(pod))
        {
            if (found && level < best.Level)
            {
                continue;
            }

            var admitted = _policies.Admitted(policies, pod, port);
            var reached = Limit(level, admitted, proxied, proxyNamespace == pod.Key.Namespace);
            if (found && reached < best.Level)
            {
                continue;
            }

            var path = port is null ? steps : steps.Add(port.Protocol == "TCP" ? $"port {port.Number}" : $"port {port.Number}/{port.Protocol}");
            var candidate = new PodExposure(reached, reached < level ? path.Add(NetworkPolicyEvaluator.StepOf(policies, admitted)) : path);
            // Of what ends alike, the way from farther away tells more: it says what stops it.
            if (!found || reached > best.Level || level > start || (level == start && candidate.OrderAgainst(best) < 0))
            {
                (best, start, found) = (candidate, level, true);
            }
        }

        return best;
    }

    // A proxy is a pod like any other to a policy: it must be admitted, and then it brings whoever comes to it.
    private static ExposureLevel Limit(ExposureLevel level, ExposureLevel admitted, bool proxied, bool proxyMayBeHere) =>
        !proxied ? (level < admitted ? level : admitted)
        : admitted >= ExposureLevel.Cluster || (admitted == ExposureLevel.Namespace && proxyMayBeHere) ? level
        : ExposureLevel.None;

    private IEnumerable<(ExposureLevel Level, ImmutableArray<string> Steps, PodPort? Port, bool Proxied, string? ProxyNamespace)> Candidates(PodView pod)
    {
        var node = objects.PublicNodes.Contains(pod.Node) ? ExposureLevel.Internet : ExposureLevel.Cluster;
        PodPort?[] declared = pod.Ports.IsEmpty ? [null] : [.. pod.Ports];
        if (pod.HostNetwork)
        {
            foreach (var port in declared)
            {
                yield return (node, ["host network"], port, false, null);
            }
        }

        foreach (var service in ServicesOf(pod))
        {
            foreach (var way in ways.GetValueOrDefault(service.Metadata.Key, []))
            {
                if (TryTarget(service, way.Port, pod, out var port))
                {
                    yield return (way.Level, way.Steps, port, way.Proxied, way.ProxyNamespace);
                }
            }
        }

        foreach (var port in pod.Ports)
        {
            if (port is { HostPort: > 0, OnLoopback: false } && !pod.HostNetwork)
            {
                yield return (node, [$"host port {port.HostPort}"], port, false, null);
            }

            yield return (ExposureLevel.Cluster, ["pod address"], port, false, null);
        }
    }

    private IEnumerable<ServiceView> ServicesOf(PodView pod) =>
        objects.Services.Selecting(pod.Key.Namespace, pod.Labels)
            .Concat(objects.ServicesBySlice(pod).Select(objects.Services.Find).OfType<ServiceView>());

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
