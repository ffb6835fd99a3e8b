using OssRuntime.Exposure.Lists;

namespace OssRuntime.Exposure.Pods;

/// <summary>What a pod is to others, by its images: a tunnel to the outside, a proxy of the node, what enforces policies.</summary>
internal static class PodRoles
{
    /// <summary>The client in it that brings in what comes through its own connection to the outside; null for none.</summary>
    public static string? TunnelOf(PodView pod) => FirstOf(pod, KnownKinds.Tunnels);

    /// <summary>The client in it that does so where it is told to, which a pod does not show; null for none.</summary>
    public static string? PossibleTunnelOf(PodView pod) => FirstOf(pod, KnownKinds.PossibleTunnels);

    /// <summary>True for a proxy on the network of its node: policies do not keep what comes from a pod's own node away.</summary>
    public static bool IsHostProxy(PodView pod) =>
        pod.HostNetwork && (pod.Ports.Any(port => port.Number is 80 or 443) || FirstOf(pod, KnownKinds.Proxies) is not null);

    /// <summary>True where it may bring in what comes from outside: a proxy of its node, or ports of its node.</summary>
    public static bool MayFaceOutside(PodView pod) => IsHostProxy(pod) || pod.Ports.Any(port => port is { HostPort: > 0, OnLoopback: false });

    /// <summary>True for a network plugin's part that enforces policies. It works on the node's network; whoever may not use that cannot pretend to be one.</summary>
    public static bool EnforcesPolicies(PodView pod) =>
        pod.HostNetwork && (pod.Key.Namespace is "openshift-ovn-kubernetes" or "openshift-sdn" || FirstOf(pod, KnownKinds.Enforcers) is not null);

    private static string? FirstOf(PodView pod, KnownImages images)
    {
        foreach (var container in pod.Containers)
        {
            if (container.Class is ContainerClass.Container or ContainerClass.Sidecar && images.Find(container.Image) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
