using System.Text.Json.Serialization;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Operator.Pods;

/// <summary>A pod on the wire, down to the fields that <see cref="PodView"/> is made from. It lives for one decoding.</summary>
internal sealed record PodDocument(ObjectMeta? Metadata, PodDocument.PodSpec? Spec, PodDocument.PodStatus? Status)
{
    internal sealed record PodSpec(
        string? NodeName,
        string? ServiceAccountName,
        Named[]? ImagePullSecrets,
        Container[]? Containers,
        Container[]? InitContainers,
        Container[]? EphemeralContainers);

    internal sealed record PodStatus(
        string? Phase,
        ContainerStatus[]? ContainerStatuses,
        ContainerStatus[]? InitContainerStatuses,
        ContainerStatus[]? EphemeralContainerStatuses);

    internal sealed record Named(string? Name);

    internal sealed record Container(string? Name, string? Image, string? RestartPolicy);

    internal sealed record ContainerStatus(
        string? Name, [property: JsonPropertyName("imageID")] string? ImageId, ContainerState? State);

    internal sealed record ContainerState(Waiting? Waiting);

    internal sealed record Waiting(string? Reason);
}
