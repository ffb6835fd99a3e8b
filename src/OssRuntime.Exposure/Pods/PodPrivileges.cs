namespace OssRuntime.Exposure.Pods;

/// <summary>What somebody who takes over a container of the pod would have: privileges, the node's files and namespaces, the API server.</summary>
internal static class PodPrivileges
{
    private const string TokenPath = "/var/run/secrets/kubernetes.io/serviceaccount";
    private const int Most = 20;

    /// <summary>The privileges, a line each, sorted.</summary>
    public static IEnumerable<string> Of(PodDocument pod)
    {
        var containers = (pod.Spec?.Containers ?? []).Concat(pod.Spec?.InitContainers ?? []).Concat(pod.Spec?.EphemeralContainers ?? []).ToList();
        return containers.SelectMany(container => OfContainer(container, pod.Spec!))
            .Concat(OfPod(pod.Spec))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Take(Most);
    }

    private static IEnumerable<string> OfPod(PodDocument.PodSpec? spec)
    {
        if (spec?.HostNetwork == true)
        {
            yield return "hostNetwork";
        }

        if (spec?.HostPid == true)
        {
            yield return "hostPID";
        }

        if (spec?.HostIpc == true)
        {
            yield return "hostIPC";
        }
    }

    private static IEnumerable<string> OfContainer(PodDocument.Container container, PodDocument.PodSpec pod)
    {
        var (own, shared) = (container.SecurityContext, pod.SecurityContext);
        if (own?.Privileged == true)
        {
            yield return $"privileged {container.Name}";
        }

        // Without a word on it the image decides, and most images say root.
        if ((own?.RunAsUser ?? shared?.RunAsUser) is null or 0 && (own?.RunAsNonRoot ?? shared?.RunAsNonRoot) != true)
        {
            yield return $"{((own?.RunAsUser ?? shared?.RunAsUser) is 0 ? "root" : "root-unless-image-says-otherwise")} {container.Name}";
        }

        foreach (var capability in own?.Capabilities?.Add ?? [])
        {
            yield return $"capability {capability} {container.Name}";
        }

        foreach (var mount in container.VolumeMounts ?? [])
        {
            if (mount.MountPath?.TrimEnd('/') == TokenPath)
            {
                yield return $"service-account-token {container.Name}";
            }
            else if (Array.Find(pod.Volumes ?? [], volume => volume.Name == mount.Name)?.HostPath is { } host)
            {
                yield return $"host-path {host.Path}{(mount.ReadOnly ? " (read-only)" : "")} {container.Name}";
            }
        }
    }
}
