using Prometheus;

namespace OssRuntime.Operator.Metrics;

/// <summary>What inventories cost and what registries answered.</summary>
internal sealed class InventoryMetrics(IMetricFactory factory)
{
    private readonly Histogram _duration = factory.CreateHistogram(
        "ossruntime_inventory_duration_seconds",
        "Time from the start of an inventory to its end.",
        ["result"],
        new HistogramConfiguration { Buckets = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600] });

    private readonly Counter _bytes = factory.CreateCounter("ossruntime_inventory_bytes_total", "Compressed bytes read from registries for inventories.");

    private readonly Counter _requests = factory.CreateCounter(
        "ossruntime_registry_requests_total", "Requests to registries by answer; code 0 stands for no answer.", ["registry", "code"]);

    public void Inventoried(string result, TimeSpan took) => _duration.WithLabels(result).Observe(took.TotalSeconds);

    public void Read(long bytes) => _bytes.Inc(bytes);

    public void Requested(string registry, int code) => _requests.WithLabels(registry, code.ToString()).Inc();
}
