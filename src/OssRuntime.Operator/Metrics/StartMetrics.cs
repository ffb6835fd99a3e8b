using OssRuntime.Operator.State;
using Prometheus;

namespace OssRuntime.Operator.Metrics;

/// <summary>How far the start has come: until it is done nothing that is left over from before is taken away.</summary>
internal sealed class StartMetrics(IMetricFactory factory, PodBacklog backlog)
{
    // A standby counts no pods: it has no number to show.
    private readonly Gauge _left = factory.CreateGauge(
        "ossruntime_start_pods_left",
        "Pods that were there at the start of the leader and were not looked at yet.",
        new GaugeConfiguration { SuppressInitialValue = true });

    public void Refresh()
    {
        if (backlog.Left is { } left)
        {
            _left.Set(left);
        }
    }
}
