using System.Collections.Immutable;
using OssRuntime.Exposure.Pods;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.State;

/// <summary>A pod with its workload and the images of its containers.</summary>
internal sealed record RunningPod(PodView Pod, WorkloadKey Workload, ImmutableArray<RunningContainer> Containers);
