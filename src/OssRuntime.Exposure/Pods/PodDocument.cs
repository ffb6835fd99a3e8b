using System.Text.Json.Serialization;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Pods;

/// <summary>A pod on the wire, down to the fields that <see cref="PodView"/> is made from. It lives for one decoding.</summary>
internal sealed record PodDocument(ObjectMeta? Metadata, PodDocument.PodSpec? Spec, PodDocument.PodStatus? Status)
{
    internal sealed record PodSpec(
        string? NodeName,
        string? ServiceAccountName,
        Named[]? ImagePullSecrets,
        Container[]? Containers,
        Container[]? InitContainers,
        Container[]? EphemeralContainers,
        bool HostNetwork,
        [property: JsonPropertyName("hostPID")] bool HostPid,
        [property: JsonPropertyName("hostIPC")] bool HostIpc,
        Volume[]? Volumes,
        SecurityContext? SecurityContext);

    internal sealed record PodStatus(
        string? Phase,
        [property: JsonPropertyName("podIP")] string? PodIp,
        ContainerStatus[]? ContainerStatuses,
        ContainerStatus[]? InitContainerStatuses,
        ContainerStatus[]? EphemeralContainerStatuses);

    internal sealed record Named(string? Name);

    internal sealed record Container(
        string? Name, string? Image, string? RestartPolicy, Port[]? Ports, Mount[]? VolumeMounts, SecurityContext? SecurityContext);

    internal sealed record Port(string? Name, int ContainerPort, string? Protocol, int HostPort, [property: JsonPropertyName("hostIP")] string? HostIp);

    internal sealed record Mount(string? Name, string? MountPath, bool ReadOnly);

    internal sealed record Volume(string? Name, HostPath? HostPath, VolumeImage? Image = null);

    internal sealed record VolumeImage(string? Reference);

    internal sealed record HostPath(string? Path);

    internal sealed record SecurityContext(bool? Privileged, bool? RunAsNonRoot, long? RunAsUser, Capabilities? Capabilities);

    internal sealed record Capabilities(string[]? Add);

    internal sealed record ContainerStatus(
        string? Name, [property: JsonPropertyName("imageID")] string? ImageId, ContainerState? State, string? Image = null);

    internal sealed record ContainerState(Waiting? Waiting);

    internal sealed record Waiting(string? Reason);
}
