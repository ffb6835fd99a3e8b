using Prometheus;

namespace OssRuntime.Operator.Metrics;

/// <summary>What became of the images that were asked for at admission and not known.</summary>
internal sealed class UnknownImageMetrics(IMetricFactory factory)
{
    private readonly Counter _ended = factory.CreateCounter(
        "ossruntime_admission_newcomers_total", "Images that were asked for at admission and not known, by what looking for them came to.", ["result"]);

    public void Ended(string result) => _ended.WithLabels(result).Inc();
}
