using System.Text.Json;
using OssRuntime.Exposure.Graph;
using OssRuntime.Exposure.Pods;
using OssRuntime.Operator.Exposure;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Operator.Admission;

/// <summary>
/// Where a pod would stand if it were let in: reached through what leads to its labels now, with what its owners declare. It is what the workload's report
/// will say, so that nobody is refused for what is not reported.
/// </summary>
internal sealed class AdmissionContexts(ExposureGraph graph, OwnerAnnotationIndex declarations)
{
    // A CronJob's Jobs are called like it and the minute (formerly the second) that they are for.
    private const int ShortestMoment = 8;
    private const int LongestMoment = 10;

    /// <summary>Computes what is still to be computed, so that the first who asks does not wait for it.</summary>
    public void WarmUp() => graph.Of(default);

    public WorkloadContext Of(AdmissionRequest request, PodView pod, (string Kind, string Name) workload)
    {
        var found = graph.Judge(pod with { Key = pod.Key with { Namespace = request.Namespace } });
        OwnerAnnotations[] words =
        [
            pod.Declared,
            request.IsPod ? declarations.OfOwner(request.Namespace, workload.Kind, workload.Name) : On(request.Object),
            declarations.OfNamespace(request.Namespace),
        ];
        var declared = words.Select(word => OwnerAnnotations.LevelOf(word.Exposure)).FirstOrDefault(level => level is not null);
        return new WorkloadContext
        {
            Level = declared ?? found.Level,
            Uncertain = declared is null ? found.Uncertain : [],
            Path = found.Path,
            Impact = words.Select(word => OwnerAnnotations.ImpactOf(word.Impact)).FirstOrDefault(impact => impact is not null) ?? DeployerContext.Assumed.Impact,
        };
    }

    /// <summary>
    /// The workload: of a template its own object, of a pod its controller. Behind a ReplicaSet is the Deployment, whose name is the ReplicaSet's without
    /// the hash that the pod is labelled with, and behind a Job the CronJob, whose name is the Job's without the moment.
    /// </summary>
    public static (string Kind, string Name) WorkloadOf(AdmissionRequest request, PodView pod)
    {
        var (kind, name) = !request.IsPod ? (request.Kind, request.Name) : pod.Controller is { } owner ? (owner.Kind, owner.Name) : ("Pod", request.Name);
        if (kind == "ReplicaSet" && pod.Labels.Find("pod-template-hash") is { Length: > 0 } hash && name.EndsWith("-" + hash, StringComparison.Ordinal))
        {
            return ("Deployment", name[..^(hash.Length + 1)]);
        }

        var dash = name.LastIndexOf('-');
        return kind == "Job" && dash > 0 && name.Length - dash - 1 is >= ShortestMoment and <= LongestMoment && name.AsSpan(dash + 1).IndexOfAnyExceptInRange('0', '9') < 0
            ? ("CronJob", name[..dash])
            : (kind, name);
    }

    private static OwnerAnnotations On(JsonElement item)
    {
        var annotations = ReviewReader.Member(ReviewReader.Member(item, "metadata"), "annotations");
        return new OwnerAnnotations(ReviewReader.Text(annotations, OwnerAnnotations.ExposureAnnotation), ReviewReader.Text(annotations, OwnerAnnotations.ImpactAnnotation));
    }
}
