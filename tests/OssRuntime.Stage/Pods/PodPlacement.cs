using k8s.Models;

namespace OssRuntime.Stage.Pods;

/// <summary>Which node a pod goes to: the first one that its selector and its required affinity allow. Resources and taints count for nothing here.</summary>
internal static class PodPlacement
{
    /// <summary>The labels that a kubelet gives its node.</summary>
    public static Dictionary<string, string> LabelsOf(StageNode node) => new(StringComparer.Ordinal)
    {
        ["kubernetes.io/hostname"] = node.Name,
        ["kubernetes.io/os"] = "linux",
        ["kubernetes.io/arch"] = node.Architecture,
    };

    /// <summary>The node, or null where none is allowed.</summary>
    public static StageNode? Choose(V1Pod pod, IEnumerable<StageNode> nodes) => nodes.FirstOrDefault(node => Allows(pod.Spec, node));

    private static bool Allows(V1PodSpec spec, StageNode node)
    {
        var labels = LabelsOf(node);
        if (spec.NodeSelector?.Any(wanted => labels.GetValueOrDefault(wanted.Key) != wanted.Value) == true)
            return false;
        var terms = spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms;
        return terms is null or { Count: 0 } || terms.Any(term =>
            (term.MatchExpressions ?? []).All(wanted => Holds(wanted, labels.GetValueOrDefault(wanted.Key)))
            && (term.MatchFields ?? []).All(wanted => Holds(wanted, wanted.Key == "metadata.name" ? node.Name : null)));
    }

    private static bool Holds(V1NodeSelectorRequirement wanted, string? value) => wanted.OperatorProperty switch
    {
        "In" => value is not null && wanted.Values.Contains(value),
        "NotIn" => value is null || !wanted.Values.Contains(value),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        _ => false,
    };
}
