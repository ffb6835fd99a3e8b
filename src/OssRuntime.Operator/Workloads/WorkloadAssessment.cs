using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Workloads;

/// <summary>What is to be said of a workload.</summary>
/// <param name="Report">Its report, without conditions.</param>
/// <param name="Images">The facts of its images that went into it.</param>
internal sealed record WorkloadAssessment(WorkloadReport Report, IReadOnlyCollection<ImageFacts> Images);
