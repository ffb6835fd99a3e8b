using System.Collections.Immutable;
using OssRuntime.Exposure.Pods;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.State;

/// <summary>A pod with its workload and the images of its containers.</summary>
internal sealed record RunningPod(PodView Pod, WorkloadKey Workload, ImmutableArray<RunningContainer> Containers)
{
    /// <summary>Group and version of the workload's kind, as the reference to it says.</summary>
    public string ApiVersion { get; init; } = PodView.Resource.ApiVersion;

    /// <summary>What stands above the workload, the nearest first, each as <c>Kind/name</c>.</summary>
    public ImmutableArray<string> Above { get; init; } = [];

    /// <summary>Why the walk up the owners ended early; null where it came to its end.</summary>
    public string? OwnerProblem { get; init; }

    /// <summary>Since when it is in doubt whether another workload stands above this one; null where it is not.</summary>
    public DateTimeOffset? InDoubtSince { get; init; }

    /// <summary>True where another state of the same pod says the same of workload, images and all that is kept of the pod but its version.</summary>
    public bool IsAlike(RunningPod? other) =>
        other is not null
        && Workload == other.Workload
        && ApiVersion == other.ApiVersion
        && OwnerProblem == other.OwnerProblem
        && InDoubtSince == other.InDoubtSince
        && Above.AsSpan().SequenceEqual(other.Above.AsSpan())
        && Containers.AsSpan().SequenceEqual(other.Containers.AsSpan())
        && Pod.IsSameButForVersion(other.Pod);
}
