using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Pods;

/// <summary>
/// Decodes a pod into its <see cref="PodView"/>. Names and images repeat across the replicas of a workload, so equal strings are kept once.
/// </summary>
internal sealed class PodViewConverter : JsonConverter<PodView>
{
    private const int LargestPool = 65_536;

    // Names in Kubernetes are shorter; what is longer comes from somebody who wants to be remembered.
    private const int LongestShared = 256;

    private readonly Dictionary<string, string> _pool = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public override PodView Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var pod = JsonSerializer.Deserialize(ref reader, PodJson.Default.PodDocument) ?? throw new JsonException("a pod is null");
        return ViewOf(pod, pod.Metadata ?? throw new JsonException("a pod has no metadata"));
    }

    /// <summary>The view of a pod, or of a template with the metadata that its pods will have.</summary>
    public PodView ViewOf(PodDocument pod, ObjectMeta metadata) => new()
    {
        Key = metadata.Key with { Namespace = metadata.Namespace is null ? null : Shared(metadata.Namespace) },
        Uid = metadata.Uid ?? "",
        ResourceVersion = metadata.ResourceVersion ?? "",
        Controller = metadata.ControllerOwner is { } owner
            ? owner with { ApiVersion = Shared(owner.ApiVersion), Kind = Shared(owner.Kind), Name = Shared(owner.Name), Uid = Shared(owner.Uid) }
            : null,
        CreatedSeconds = (int)(metadata.CreationTimestamp?.ToUnixTimeSeconds() ?? 0),
        Node = Shared(pod.Spec?.NodeName),
        ServiceAccount = pod.Spec?.ServiceAccountName is { Length: > 0 } account ? Shared(account) : "default",
        PullSecrets = [.. (pod.Spec?.ImagePullSecrets ?? []).Where(secret => secret.Name is { Length: > 0 }).Select(secret => Shared(secret.Name))],
        Finished = pod.Status?.Phase is "Succeeded" or "Failed",
        Containers = ContainersOf(pod.Spec, pod.Status),
        VolumeImages = [.. (pod.Spec?.Volumes ?? []).Where(volume => volume.Image?.Reference is { Length: > 0 }).Select(volume => Shared(volume.Image!.Reference))],
        Labels = LabelsOf(metadata.Labels),
        Address = pod.Status?.PodIp ?? "",
        HostNetwork = pod.Spec?.HostNetwork ?? false,
        Ports = PortsOf(pod),
        Declared = OwnerAnnotations.Of(metadata.Annotations),
        Privileges = [.. PodPrivileges.Of(pod).Select(Shared)],
    };

    public override void Write(Utf8JsonWriter writer, PodView value, JsonSerializerOptions options) =>
        throw new NotSupportedException("pods are read, never written");

    /// <summary>The containers of a pod, or of a template that has no status.</summary>
    public ImmutableArray<PodContainer> ContainersOf(PodDocument.PodSpec? spec, PodDocument.PodStatus? status = null)
    {
        var containers = ImmutableArray.CreateBuilder<PodContainer>();
        Add(spec?.InitContainers, status?.InitContainerStatuses, ContainerClass.Init);
        Add(spec?.Containers, status?.ContainerStatuses, ContainerClass.Container);
        Add(spec?.EphemeralContainers, status?.EphemeralContainerStatuses, ContainerClass.Ephemeral);
        return containers.DrainToImmutable();

        void Add(PodDocument.Container[]? specs, PodDocument.ContainerStatus[]? statuses, ContainerClass role)
        {
            foreach (var container in specs ?? [])
            {
                var found = Array.Find(statuses ?? [], candidate => candidate.Name == container.Name);
                containers.Add(new PodContainer(
                    Shared(container.Name),
                    role == ContainerClass.Init && container.RestartPolicy == "Always" ? ContainerClass.Sidecar : role,
                    Shared(container.Image),
                    Shared(found?.ImageId),
                    found?.State?.Waiting?.Reason is { } reason ? Shared(reason) : null)
                {
                    StatusImage = Shared(found?.Image),
                });
            }
        }
    }

    private LabelSet LabelsOf(IReadOnlyDictionary<string, string>? labels) =>
        labels is not { Count: > 0 } ? LabelSet.Empty : new LabelSet([.. labels.Select(pair => KeyValuePair.Create(Shared(pair.Key), Shared(pair.Value)))]);

    // Init containers end before anything can be reached, but for those that go on running.
    private ImmutableArray<PodPort> PortsOf(PodDocument pod) =>
    [
        .. (pod.Spec?.Containers ?? [])
            .Concat((pod.Spec?.InitContainers ?? []).Where(container => container.RestartPolicy == "Always"))
            .SelectMany(container => container.Ports ?? [])
            .Select(port => new PodPort(
                port.Name is null ? null : Shared(port.Name),
                port.ContainerPort,
                port.Protocol is null or "TCP" ? "TCP" : Shared(port.Protocol),
                port.HostPort,
                port.HostIp is "127.0.0.1" or "::1")),
    ];

    private string Shared(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        if (text.Length > LongestShared)
        {
            return text;
        }

        lock (_gate)
        {
            if (_pool.TryGetValue(text, out var known))
            {
                return known;
            }

            if (_pool.Count >= LargestPool)
            {
                _pool.Clear();
            }

            _pool.Add(text, text);
            return text;
        }
    }
}
