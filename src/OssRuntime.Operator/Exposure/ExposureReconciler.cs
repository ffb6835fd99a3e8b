using OssRuntime.Exposure.Graph;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Exposure;

/// <summary>Hands the workloads whose exposure has changed on to be reported anew.</summary>
internal sealed class ExposureReconciler(ExposureGraph graph, RunningPods running, OperatorQueues queues) : IReconciler<string>
{
    /// <summary>The one key of its queue: what changed is in the graph.</summary>
    public const string Everything = "all";

    public Task<Result> ReconcileAsync(string key, CancellationToken cancel)
    {
        // A pod that does not run yet has its turn when it does.
        queues.AddWorkloadsOf(graph.Settle().Select(running.Find).OfType<RunningPod>(), Lane.Low);

        return Task.FromResult(Result.Done);
    }
}
