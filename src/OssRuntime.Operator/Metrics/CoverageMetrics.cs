using OssRuntime.Operator.State;
using Prometheus;

namespace OssRuntime.Operator.Metrics;

/// <summary>Coverage per namespace: how many of the images that run there are inventoried, pending, failed, unsupported.</summary>
internal sealed class CoverageMetrics(IMetricFactory factory, RunningPods running, FactsIndex facts)
{
    private readonly Gauge _images = factory.CreateGauge(
        "ossruntime_images", "Different images that run in a namespace, by state; the states add up to all of them.", ["namespace", "state"]);

    public void Refresh()
    {
        var counts = running.All
            .SelectMany(pod => pod.Containers.Select(container => (
                pod.Pod.Key.Namespace,
                Image: container.ImageName,
                State: container.StateIn(facts))))
            .Distinct()
            .CountBy(entry => (Namespace: entry.Namespace ?? "", entry.State))
            .ToDictionary(pair => pair.Key, pair => pair.Value);
        var namespaces = counts.Keys.Select(key => key.Namespace).ToHashSet(StringComparer.Ordinal);
        foreach (var labels in _images.GetAllLabelValues().Where(labels => !namespaces.Contains(labels[0])).ToList())
        {
            _images.RemoveLabelled(labels);
        }

        foreach (var (name, state) in namespaces.SelectMany(name => Enum.GetValues<ImageState>().Select(state => (name, state))))
        {
            _images.WithLabels(name, LabelValue.Of(state)).Set(counts.GetValueOrDefault((name, state)));
        }
    }
}
