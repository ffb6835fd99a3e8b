using OssRuntime.Exposure.Pods;

namespace OssRuntime.Operator.Admission;

/// <summary>
/// The workload of a pod as the pod itself tells it, without asking anybody. Behind a ReplicaSet is the Deployment, whose name is the ReplicaSet's without the hash that the
/// pod is labelled with, and behind a Job the CronJob, whose name is the Job's without the moment.
/// </summary>
internal static class PodWorkload
{
    // A CronJob's Jobs are called like it and the minute (formerly the second) that they are for.
    private const int ShortestMoment = 8;
    private const int LongestMoment = 10;

    /// <summary>Kind and name.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="itsName">Its name, of which a pod that is about to be made may have none.</param>
    public static (string Kind, string Name) Of(PodView pod, string itsName)
    {
        var (kind, name) = pod.Controller is { } owner ? (owner.Kind, owner.Name) : (PodView.Resource.Kind, itsName);
        if (kind == "ReplicaSet" && pod.Labels.Find("pod-template-hash") is { Length: > 0 } hash && name.EndsWith("-" + hash, StringComparison.Ordinal))
        {
            return ("Deployment", name[..^(hash.Length + 1)]);
        }

        var dash = name.LastIndexOf('-');
        return kind == "Job" && dash > 0 && name.Length - dash - 1 is >= ShortestMoment and <= LongestMoment && name.AsSpan(dash + 1).IndexOfAnyExceptInRange('0', '9') < 0
            ? ("CronJob", name[..dash])
            : (kind, name);
    }
}
