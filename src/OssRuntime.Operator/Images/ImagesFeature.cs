using OssRuntime.Inventory;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.Images;

/// <summary>Reads images, matches what is in them, and writes their objects. Reading has workers of its own: a slow registry holds up nothing else.</summary>
internal sealed class ImagesFeature : IOperatorFeature
{
    private static readonly TimeSpan LongestReading = TimeSpan.FromMinutes(30);

    public void Install(OperatorBuilder builder)
    {
        var (cluster, state, seals, environment) = (builder.Cluster, builder.State, builder.Seals, builder.Environment);
        var sources = builder.Sources;
        var attached = new AttachedVexReader(builder.Knowledge.AttachedVex, sources.Store, builder.Options.VexInterval, environment);
        var indexer = new ImageIndexer(sources.Options, sources.Store, environment.Time);
        var guard = new ReadingGuard(sources.Store, indexer.ReadersVersion, new ReadingRoom(new CollectedMemory()), environment.Time);
        var reader = new ImageReader(
            indexer, sources.Store, sources.Registries, new PullSecrets(cluster.Connection), attached, guard);
        var inventories = new InventoryReconciler(
            state.Running, seals, reader, state.Facts, state.Attempts, state.Queues, builder.Metrics.Inventories, environment);
        builder.OnLeader(new Controller<ImageKey>(
            "inventory",
            state.Queues.Inventories,
            inventories,
            environment,
            new ControllerOptions { Workers = builder.Options.ImageWorkers, Deadline = LongestReading }));

        var writer = new ImageWriter(cluster.ImageApplier, cluster.Images, seals, cluster.Events, builder.Metrics.Writes, environment.Time);
        var assessor = new ImageAssessor(
            builder.Knowledge.Matcher, reader, state.Policies, state.Exceptions, new ImageReportComposer(builder.Options.ReportBytes), builder.Knowledge.Absence, environment.Time);
        var reporter = new ImageReporter(reader, assessor, writer, state.Attempts, state.Facts, cluster.Images, seals.Inventories, state.Queues);
        var unused = new UnusedImages(cluster.Images, seals, reporter, writer, state.Queues, environment.Time, builder.Options.Retention);
        var findings = new FindingsReconciler(state.Running, state.Backlog, cluster.Images, reporter, unused);
        builder.OnLeader(new Controller<ImageKey>("findings", state.Queues.Findings, findings, environment));
    }
}
