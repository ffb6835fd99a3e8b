using System.Collections.Immutable;
using OssRuntime.Exposure.Pods;
using OssRuntime.Operator.Workloads;

namespace OssRuntime.Operator.Pods;

/// <summary>A pod with its workload and the images of its containers.</summary>
internal sealed record RunningPod(PodView Pod, WorkloadKey Workload, ImmutableArray<RunningContainer> Containers);
