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

    /// <summary>The workload: of a template its own object, of a pod what <see cref="PodWorkload"/> says.</summary>
    public static (string Kind, string Name) WorkloadOf(AdmissionRequest request, PodView pod) =>
        request.IsPod ? PodWorkload.Of(pod, request.Name) : (request.Kind, request.Name);

    private static OwnerAnnotations On(JsonElement item)
    {
        var annotations = ReviewReader.Member(ReviewReader.Member(item, "metadata"), "annotations");
        return new OwnerAnnotations(ReviewReader.Text(annotations, OwnerAnnotations.ExposureAnnotation), ReviewReader.Text(annotations, OwnerAnnotations.ImpactAnnotation));
    }
}
