using OssRuntime.Kubernetes.Environment;
using OssRuntime.Model.Builds;
using OssRuntime.Operator.State;
using Prometheus;

namespace OssRuntime.Operator.Metrics;

/// <summary>
/// Everything that is exported, on a registry of its own (docs/metrics.md lists the names). What can be derived at a scrape is derived then;
/// the series of a workload go with its report.
/// </summary>
internal sealed class OperatorMetrics : IDisposable
{
    private readonly CollectorRegistry _registry = new();
    private readonly RuntimeMetrics _runtime;

    public OperatorMetrics(RunningPods running, FactsIndex facts, PodBacklog backlog, ControllerEnvironment environment, int findingSeries)
    {
        var factory = Prometheus.Metrics.WithCustomRegistry(_registry);
        factory.CreateGauge("ossruntime_build_info", "1, with the operator's version: there as long as it runs.", ["version"])
            .WithLabels(BuildVersion.Text)
            .Set(1);
        Workloads = new WorkloadMetrics(factory, environment.Time, findingSeries);
        Database = new DatabaseMetrics(factory);
        Inventories = new InventoryMetrics(factory);
        Admission = new AdmissionMetrics(factory);
        UnknownImages = new UnknownImageMetrics(factory);
        Writes = new WriteMetrics(factory);
        var coverage = new CoverageMetrics(factory, running, facts);
        var start = new StartMetrics(factory, backlog);
        _runtime = new RuntimeMetrics(factory, environment.Metrics);
        _registry.AddBeforeCollectCallback(() =>
        {
            coverage.Refresh();
            start.Refresh();
            Writes.Refresh();
            Workloads.Refresh();
            _runtime.Refresh();
        });
    }

    public WorkloadMetrics Workloads { get; }

    public DatabaseMetrics Database { get; }

    public InventoryMetrics Inventories { get; }

    public AdmissionMetrics Admission { get; }

    public UnknownImageMetrics UnknownImages { get; }

    public WriteMetrics Writes { get; }

    /// <summary>Writes the text format of Prometheus.</summary>
    public Task ExportAsync(Stream output, CancellationToken cancel) => _registry.CollectAndExportAsTextAsync(output, cancel);

    public void Dispose() => _runtime.Dispose();
}
