using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Exposure.Pods;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Operator.Admission;

/// <summary>Reads AdmissionReviews. Anything else is an exception with a reason; a review of an unknown kind is read as far as it goes.</summary>
internal static class ReviewReader
{
    private const int MostContainers = 2_000;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128 };

    /// <summary>Reads a review.</summary>
    /// <exception cref="JsonException">It is not an AdmissionReview.</exception>
    public static AdmissionRequest Read(ReadOnlyMemory<byte> body)
    {
        // The elements outlive this call; without pooled memory nothing has to be given back.
        var root = JsonDocument.Parse(body, Options).RootElement.Clone();
        if (Text(root, "apiVersion") is not "admission.k8s.io/v1" || Text(root, "kind") != "AdmissionReview" || Member(root, "request") is not { ValueKind: JsonValueKind.Object } request)
        {
            throw new JsonException("this is no AdmissionReview of admission.k8s.io/v1 with a request");
        }

        var kind = Text(Member(request, "kind"), "kind") ?? "";
        var @namespace = Text(request, "namespace") ?? "";
        var item = Member(request, "object") ?? default;
        var old = Member(request, "oldObject") ?? default;
        var groups = TextsOf(Member(Member(request, "userInfo"), "groups"));
        return new AdmissionRequest
        {
            Uid = Text(request, "uid") is { Length: > 0 } uid ? uid : throw new JsonException("the request has no uid"),
            Kind = kind,
            Subresource = Text(request, "subResource") ?? "",
            Operation = Text(request, "operation") ?? "",
            Namespace = @namespace,
            Name = Text(request, "name") ?? "",
            User = Text(Member(request, "userInfo"), "username") ?? "",
            UserId = Text(Member(request, "userInfo"), "uid") ?? "",
            Groups = groups,
            Extra = Member(Member(request, "userInfo"), "extra") ?? default,
            IsDryRun = Member(request, "dryRun") is { ValueKind: JsonValueKind.True },
            IsMirror = groups.Contains("system:nodes") && Text(Member(Member(item, "metadata"), "annotations"), "kubernetes.io/config.mirror") is not null,
            Object = item,
            OldObject = old,
            Pod = PodOf(kind, @namespace, item),
            OldImages = [.. PodOf(kind, @namespace, old)?.Containers.Select(container => container.Image) ?? []],
        };
    }

    private static PodView? PodOf(string kind, string @namespace, JsonElement item)
    {
        var template = kind switch
        {
            "Pod" => item,
            "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet" or "ReplicationController" or "Job" => Member(Member(item, "spec"), "template"),
            "CronJob" => Member(Member(Member(Member(item, "spec"), "jobTemplate"), "spec"), "template"),
            _ => null,
        };
        if (template is not { ValueKind: JsonValueKind.Object } pod || Member(pod, "spec") is not { ValueKind: JsonValueKind.Object } spec)
        {
            return null;
        }

        if (Count(spec, "containers") + Count(spec, "initContainers") + Count(spec, "ephemeralContainers") > MostContainers)
        {
            throw new JsonException($"the pod has more than {MostContainers} containers");
        }

        // A template needs no metadata.
        var view = Member(pod, "metadata") is { ValueKind: JsonValueKind.Object }
            ? pod.Deserialize(PodJson.Default.PodView)
            : new PodView { Key = default, Uid = "", ResourceVersion = "", Containers = ContainersOf(spec) };
        return view! with { Key = new ObjectKey(@namespace, kind == "Pod" ? view.Key.Name : "") };
    }

    private static ImmutableArray<PodContainer> ContainersOf(JsonElement spec) =>
        new PodViewConverter().ContainersOf(spec.Deserialize(PodJson.Default.PodSpec));

    private static int Count(JsonElement spec, string list) => Member(spec, list) is { ValueKind: JsonValueKind.Array } array ? array.GetArrayLength() : 0;

    private static ImmutableArray<string> TextsOf(JsonElement? list) => list is { ValueKind: JsonValueKind.Array } array
        ? [.. array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
        : [];

    internal static JsonElement? Member(JsonElement? item, string name) =>
        item is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var member) ? member : null;

    internal static string? Text(JsonElement? item, string name) => Member(item, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
