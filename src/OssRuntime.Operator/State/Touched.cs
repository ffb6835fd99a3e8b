using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.State;

/// <summary>The workloads and images that a change of a pod concerns.</summary>
internal sealed record Touched(IReadOnlyList<WorkloadKey> Workloads, IReadOnlyList<ImageKey> Images)
{
    /// <summary>A change that concerns neither.</summary>
    public static readonly Touched Nothing = new([], []);

    public static Touched Between(RunningPod? before, RunningPod? now) =>
        new(
            [.. new[] { before?.Workload, now?.Workload }.OfType<WorkloadKey>().Distinct()],
            [.. RunningPods.ImagesOf(before).Union(RunningPods.ImagesOf(now))]);
}
