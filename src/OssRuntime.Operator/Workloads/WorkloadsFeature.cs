using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Exposure;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Policies;

namespace OssRuntime.Operator.Workloads;

/// <summary>Writes what is to be said of workloads, how far each can be reached, and what became of policies and exceptions.</summary>
internal sealed class WorkloadsFeature : IOperatorFeature
{
    public void Install(OperatorBuilder builder)
    {
        var (cluster, state, environment) = (builder.Cluster, builder.State, builder.Environment);
        var seal = builder.Seals.Reports;
        var assessor = new WorkloadAssessor(
            state.Facts, builder.Contexts, builder.Violations, state.Exceptions, builder.Knowledge.Database, new WorkloadReportComposer(builder.Options.ReportBytes));
        var reconciler = new WorkloadReconciler(
            state.Running,
            state.Backlog,
            cluster.Reports,
            assessor,
            new WorkloadWriter(cluster.ReportApplier, seal, builder.Metrics.Writes, environment.Time),
            builder.Metrics.Workloads,
            seal,
            environment.Time);
        builder.OnLeader(new Controller<WorkloadKey>("workload", state.Queues.Workloads, reconciler, environment, new ControllerOptions { Workers = 4 }));

        // On every replica: each answers at admission by its own graph.
        builder.Everywhere(new Controller<string>("exposure", state.Queues.Exposures, new ExposureReconciler(builder.Graph, state.Running, state.Queues), environment));

        var decisions = new DecisionReconciler(
            builder.Decisions, state.Policies, state.Exceptions, state.Running, state.Facts, state.Queues.Events, environment.Time);
        builder.OnLeader(new Controller<DecisionKey>("decision", state.Queues.Decisions, decisions, environment));
    }
}
