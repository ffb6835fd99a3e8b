using OssRuntime.Exposure.Addresses;
using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Graph;

/// <summary>
/// How far the NetworkPolicies let others reach a pod. Policies add up: what one admits is admitted; a pod that none selects is open. A rule on
/// pods of a namespace counts whether or not such pods run now, because anybody there can start one.
/// </summary>
internal sealed class NetworkPolicyEvaluator(ClusterObjects objects)
{
    private const int MostNamed = 3;

    /// <summary>The policies that isolate the pod.</summary>
    public IReadOnlyList<NetworkPolicyView> PoliciesOn(PodView pod) =>
        pod.HostNetwork || objects.PoliciesIn[pod.Key.Namespace ?? ""] is not { Count: > 0 } keys
            ? []
            : [.. keys.Select(key => objects.Policies[key]).Where(policy => policy.LimitsIngress && Selects(policy, pod)).OrderBy(policy => policy.Metadata.Key)];

    /// <summary>From how far away the policies admit connections to a port; a null port is any.</summary>
    public ExposureLevel Admitted(IReadOnlyList<NetworkPolicyView> policies, PodView pod, PodPort? port)
    {
        if (policies.Count == 0)
        {
            return ExposureLevel.Internet;
        }

        return policies
            .SelectMany(policy => policy.Spec?.Ingress ?? [])
            .Where(rule => port is null || rule.Ports is not { Length: > 0 } || Array.Exists(rule.Ports, allowed => Covers(allowed, port, pod)))
            .Select(rule => rule.From is { Length: > 0 } peers ? peers.Max(peer => LevelOf(peer, pod.Key.Namespace)) : ExposureLevel.Internet)
            .DefaultIfEmpty(ExposureLevel.None)
            .Max();
    }

    /// <summary>The step of a path that says so.</summary>
    public static string StepOf(IReadOnlyList<NetworkPolicyView> policies, ExposureLevel admitted)
    {
        var names = string.Join(", ", policies.Take(MostNamed).Select(policy => policy.Metadata.Key)) + (policies.Count > MostNamed ? ", …" : "");
        var whom = admitted switch
        {
            ExposureLevel.None => "nobody",
            ExposureLevel.Namespace => "its own namespace only",
            _ => "private networks only",
        };
        return $"NetworkPolicy {names} admits {whom}";
    }

    public static bool Selects(NetworkPolicyView policy, PodView pod) => policy.Spec?.PodSelector?.Matches(pod.Labels) ?? true;

    private ExposureLevel LevelOf(NetworkPolicyView.Peer peer, string? @namespace)
    {
        if (peer.IpBlock is { } block)
        {
            return AddressRanges.HoldsPublic(block.Cidr, block.Except ?? []) ? ExposureLevel.Internet : ExposureLevel.Cluster;
        }

        if (peer.NamespaceSelector is not { } selector)
        {
            return ExposureLevel.Namespace;
        }

        var (own, others) = (false, false);
        foreach (var (name, labels) in objects.Namespaces)
        {
            if (selector.Matches(labels))
            {
                (own, others) = (own || name == @namespace, others || name != @namespace);
            }
        }

        return others ? ExposureLevel.Cluster : own ? ExposureLevel.Namespace : ExposureLevel.None;
    }

    private static bool Covers(NetworkPolicyView.PolicyPort allowed, PodPort port, PodView pod)
    {
        if ((allowed.Protocol ?? "TCP") != port.Protocol)
        {
            return false;
        }

        return allowed.Number switch
        {
            null => true,
            { Name: { } name } => pod.Ports.Any(candidate => candidate.Name == name && candidate.Number == port.Number && candidate.Protocol == port.Protocol),
            { Number: var number } => port.Number == number || (port.Number > number && port.Number <= allowed.EndPort),
        };
    }
}
