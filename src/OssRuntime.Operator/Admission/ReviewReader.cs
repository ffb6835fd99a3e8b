using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Exposure.Pods;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Operator.Admission;

/// <summary>
/// Reads AdmissionReviews. What is none is an exception with a reason. A review of an object that cannot be read is read all the same, with why it cannot: whoever
/// writes such an object gets an answer too, and none that he would like.
/// </summary>
internal static class ReviewReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128 };

    /// <summary>Reads a review.</summary>
    /// <param name="body">The review, or what <see cref="ReviewPlans"/> wants of it.</param>
    /// <param name="problem">What was wrong with it on its way here, or null: then its object counts for nothing.</param>
    /// <exception cref="JsonException">It is not an AdmissionReview, or says too little for an answer.</exception>
    public static AdmissionRequest Read(ReadOnlyMemory<byte> body, string? problem = null)
    {
        // The elements outlive this call; without pooled memory nothing has to be given back.
        var root = JsonDocument.Parse(body, Options).RootElement.Clone();
        if (Text(root, "apiVersion") is not "admission.k8s.io/v1" || Text(root, "kind") != "AdmissionReview" || Member(root, "request") is not { ValueKind: JsonValueKind.Object } request)
        {
            throw new JsonException("this is no AdmissionReview of admission.k8s.io/v1 with a request");
        }

        var identity = IdentityOf(request);
        try
        {
            return problem is null ? WithObjects(identity, request) : Unread(identity, problem);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or NotSupportedException)
        {
            return Unread(identity, error.Message);
        }
    }

    private static AdmissionRequest IdentityOf(JsonElement request) => new()
    {
        Uid = Text(request, "uid") is { Length: > 0 } uid ? uid : throw new JsonException("the request has no uid"),
        Kind = Text(Member(request, "kind"), "kind") ?? "",
        Subresource = Text(request, "subResource") ?? "",
        Operation = Text(request, "operation") ?? "",
        Namespace = Text(request, "namespace") ?? "",
        Name = Text(request, "name") ?? "",
        User = Text(Member(request, "userInfo"), "username") ?? "",
        UserId = Text(Member(request, "userInfo"), "uid") ?? "",
        Groups = TextsOf(Member(Member(request, "userInfo"), "groups")),
        Extra = Member(Member(request, "userInfo"), "extra") ?? default,
        IsDryRun = Member(request, "dryRun") is { ValueKind: JsonValueKind.True },
    };

    // What nodes write are the pods that they run whatever is said here; whether this is one of those is in the part that is not read.
    private static AdmissionRequest Unread(AdmissionRequest identity, string problem) => identity with { Unread = problem, IsMirror = identity.Groups.Contains("system:nodes") };

    private static AdmissionRequest WithObjects(AdmissionRequest identity, JsonElement request)
    {
        var item = Member(request, "object") ?? default;
        var old = Member(request, "oldObject") ?? default;
        return identity with
        {
            IsMirror = identity.Groups.Contains("system:nodes") && Text(Member(Member(item, "metadata"), "annotations"), ReviewPlans.MirrorAnnotation) is not null,
            Object = item,
            OldObject = old,
            Pod = PodOf(identity.Kind, identity.Namespace, item),
            OldImages = PodOf(identity.Kind, identity.Namespace, old) is { } before ? ImagesOf(before) : [],
        };
    }

    /// <summary>The different images that a pod runs or mounts, by their names.</summary>
    public static ImmutableArray<string> ImagesOf(PodView pod) =>
        [.. pod.Containers.Select(container => container.Image).Concat(pod.VolumeImages).Where(image => image.Length > 0).Distinct(StringComparer.Ordinal)];

    /// <summary>True for pods and what has templates of them.</summary>
    public static bool HasPods(string kind) =>
        kind is "Pod" or "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet" or "ReplicationController" or "Job" or "CronJob";

    private static PodView? PodOf(string kind, string @namespace, JsonElement item)
    {
        var template = kind switch
        {
            "Pod" => item,
            "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet" or "ReplicationController" or "Job" => Member(Member(item, "spec"), "template"),
            "CronJob" => Member(Member(Member(Member(item, "spec"), "jobTemplate"), "spec"), "template"),
            _ => null,
        };
        if (template is not { ValueKind: JsonValueKind.Object } pod || Member(pod, "spec") is not { ValueKind: JsonValueKind.Object })
        {
            return null;
        }

        // A template needs no metadata.
        var document = pod.Deserialize(PodJson.Default.PodDocument)!;
        var view = new PodViewConverter().ViewOf(document, document.Metadata ?? new ObjectMeta());
        return view with { Key = new ObjectKey(@namespace, kind == "Pod" ? view.Key.Name : "") };
    }

    private static ImmutableArray<string> TextsOf(JsonElement? list) => list is { ValueKind: JsonValueKind.Array } array
        ? [.. array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
        : [];

    internal static JsonElement? Member(JsonElement? item, string name) =>
        item is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var member) ? member : null;

    internal static string? Text(JsonElement? item, string name) => Member(item, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
