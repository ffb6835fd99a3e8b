using Prometheus;

namespace OssRuntime.Operator.Metrics;

/// <summary>Sets a labelled gauge anew: what is not set again is removed, so that no series outlives what it speaks of.</summary>
internal sealed class GaugeRefresh(Gauge gauge)
{
    private readonly Dictionary<string, string[]> _stale = gauge.GetAllLabelValues().ToDictionary(Joined, StringComparer.Ordinal);

    public void Set(double value, string[] labels)
    {
        gauge.WithLabels(labels).Set(value);
        _stale.Remove(Joined(labels));
    }

    public void RemoveStale()
    {
        foreach (var labels in _stale.Values)
        {
            gauge.RemoveLabelled(labels);
        }
    }

    private static string Joined(string[] labels) => string.Join('\0', labels);
}
