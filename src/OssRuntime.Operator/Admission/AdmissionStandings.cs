using OssRuntime.Operator.Exposure;
using OssRuntime.Operator.Exposure.Graph;
using OssRuntime.Operator.Pods;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Operator.Admission;

/// <summary>Where a pod would stand if it were let in: reached through what leads to its labels now, with what its owners declare.</summary>
internal sealed class AdmissionStandings(ExposureGraph graph, Declarations declarations)
{
    public WorkloadStanding Of(AdmissionRequest request, PodView pod)
    {
        var space = declarations.OfNamespace(request.Namespace);
        var found = graph.Judge(pod with { Key = pod.Key with { Namespace = request.Namespace } });
        return new WorkloadStanding
        {
            Level = Declaration.LevelOf(pod.Declared.Exposure) ?? Declaration.LevelOf(space.Exposure) ?? found.Level,
            Path = found.Path,
            Impact = Declaration.ImpactOf(pod.Declared.Impact) ?? Declaration.ImpactOf(space.Impact) ?? WorkloadContext.Assumed.Impact,
        };
    }

    /// <summary>
    /// <c>Kind/name</c> of the workload: of a template its own object; of a pod its controller, and behind a ReplicaSet the Deployment, whose name
    /// is the ReplicaSet's without the hash that the pod is labelled with.
    /// </summary>
    public static string? WorkloadOf(AdmissionRequest request, PodView pod)
    {
        if (!request.IsPod)
        {
            return $"{request.Kind}/{request.Name}";
        }

        if (pod.Controller is not { } owner)
        {
            return $"Pod/{request.Name}";
        }

        return owner.Kind == "ReplicaSet" && pod.Labels.Find("pod-template-hash") is { Length: > 0 } hash && owner.Name.EndsWith("-" + hash, StringComparison.Ordinal)
            ? $"Deployment/{owner.Name[..^(hash.Length + 1)]}"
            : $"{owner.Kind}/{owner.Name}";
    }
}
