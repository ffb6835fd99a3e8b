using OssRuntime.Model.Findings;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Operator.State;

/// <summary>
/// How many findings of an image share the inputs that do not depend on the workload. A dozen buckets answer for thousands of findings on any
/// number of workloads.
/// </summary>
internal sealed record PriorityBucket(bool Malicious, bool Ended, Exploitation Exploitation, bool Automatable, int Count)
{
    /// <summary>The priority of these findings on a workload.</summary>
    public Priority PriorityOn(DeployerContext workload) =>
        PriorityDecider.Decide(new PriorityInputs(Exploitation, workload.Exposure, Automatable, workload.Impact), Malicious, Ended);
}
