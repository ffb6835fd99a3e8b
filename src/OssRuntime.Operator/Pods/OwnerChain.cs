using System.Collections.Immutable;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.Pods;

/// <summary>The owners of a pod from the one that the pod names upwards, as far as they could be read.</summary>
/// <param name="Owners">The owners, the nearest first.</param>
/// <param name="Problem">Why the walk ended before the top; null where it did not.</param>
internal sealed record OwnerChain(ImmutableArray<OwnerReference> Owners, string? Problem = null)
{
    // These have the template of pods. What stands above them may own several workloads, which are not to be one report.
    private static readonly (string Group, string Kind)[] WithTemplate =
    [
        ("apps", "Deployment"), ("apps", "StatefulSet"), ("apps", "DaemonSet"), ("batch", "Job"), ("batch", "CronJob"), ("argoproj.io", "Rollout"),
        ("apps.openshift.io", "DeploymentConfig"), ("apps.kruise.io", "CloneSet"), ("apps.kruise.io", "StatefulSet"), ("apps.kruise.io", "DaemonSet"),
    ];

    // One revision of a workload: what owns it is the workload, whatever its kind.
    private static readonly (string Group, string Kind)[] Revisions = [("apps", "ReplicaSet"), ("", "ReplicationController")];

    /// <summary>
    /// Which of the owners is the workload: the highest with a template of pods; without one the nearest that is no revision of another; null for a pod that stands alone.
    /// </summary>
    public OwnerReference? Workload => Owners.IsEmpty ? null : Owners[WorkloadHeight];

    /// <summary>What stands above the workload, the nearest first, each as <c>Kind/name</c>.</summary>
    public ImmutableArray<string> Above => Owners.IsEmpty ? [] : [.. Owners.Skip(WorkloadHeight + 1).Select(owner => $"{owner.Kind}/{owner.Name}")];

    /// <summary>
    /// True where the walk ended at an owner that is most often owned by another: the workload may be that one. What is in doubt is no proof that another workload is gone.
    /// </summary>
    public bool IsInDoubt => Problem is not null && !Owners.IsEmpty && (Is(Owners[^1], Revisions) || Is(Owners[^1], [("batch", "Job")]));

    private int WorkloadHeight
    {
        get
        {
            var templates = Enumerable.Range(0, Owners.Length).Where(height => Is(Owners[height], WithTemplate)).ToList();
            var first = Enumerable.Range(0, Owners.Length).FirstOrDefault(height => !Is(Owners[height], Revisions), Owners.Length - 1);
            return templates.Count > 0 ? templates[^1] : first;
        }
    }

    private static bool Is(OwnerReference owner, (string Group, string Kind)[] kinds) =>
        Array.Exists(kinds, kind => kind.Kind == owner.Kind && kind.Group == WorkloadKey.GroupOf(owner.ApiVersion));
}
