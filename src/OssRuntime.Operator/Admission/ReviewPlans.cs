using OssRuntime.Kubernetes.Api;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Operator.Admission;

/// <summary>
/// What is wanted of a review: who asks, for what, and of the object only what an answer goes by. An object of 3 MB can be a review of thirty, mostly of text that no
/// policy speaks of (environments, annotations, statuses).
/// </summary>
internal static class ReviewPlans
{
    /// <summary>By which a node says that it runs the pod from a file of its own.</summary>
    public const string MirrorAnnotation = "kubernetes.io/config.mirror";

    /// <summary>Of pods and what has templates of them.</summary>
    public static readonly JsonPlan Pods = Review(PodPlan());

    /// <summary>Of policies and exceptions, which are judged by all that they say.</summary>
    public static readonly JsonPlan Whole = Review(JsonPlan.All);

    private static JsonPlan Review(JsonPlan item) => JsonPlan.Of("apiVersion", "kind").And(
        ("request", JsonPlan.Of("uid", "kind", "subResource", "operation", "namespace", "name", "userInfo", "dryRun").And(("object", item), ("oldObject", item))));

    private static JsonPlan PodPlan()
    {
        var metadata = JsonPlan.Of("name", "namespace", "uid", "labels", "ownerReferences").And(
            ("annotations", JsonPlan.Of(OwnerAnnotations.ExposureAnnotation, OwnerAnnotations.ImpactAnnotation, MirrorAnnotation)));
        var container = JsonPlan.Of("name", "image", "restartPolicy", "ports");
        var spec = JsonPlan.Of("nodeName", "serviceAccountName", "imagePullSecrets", "hostNetwork").And(
            ("containers", container),
            ("initContainers", container),
            ("ephemeralContainers", container),
            ("volumes", JsonPlan.Of(("image", JsonPlan.Of("reference")))));
        var template = JsonPlan.Of(("metadata", metadata), ("spec", spec));
        return JsonPlan.Of(
            ("metadata", metadata),
            ("spec", spec.And(("template", template), ("jobTemplate", JsonPlan.Of(("spec", JsonPlan.Of(("template", template))))))));
    }
}
