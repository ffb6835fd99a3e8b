using Prometheus;

namespace OssRuntime.Operator.Metrics;

/// <summary>What was answered at admission, and how fast.</summary>
internal sealed class AdmissionMetrics(IMetricFactory factory)
{
    private readonly Counter _decisions = factory.CreateCounter(
        "ossruntime_admission_decisions_total", "Answers at admission, by decision and reason.", ["decision", "reason"]);

    private readonly Counter _unreadable = factory.CreateCounter("ossruntime_admission_unreadable_total", "Requests to the webhooks that were no reviews.");

    private readonly Histogram _duration = factory.CreateHistogram(
        "ossruntime_admission_duration_seconds",
        "Time from a review's first byte to its answer.",
        new HistogramConfiguration { Buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5] });

    /// <summary>Counts an answer.</summary>
    /// <param name="decision">What was decided: <c>allowed</c>, <c>warned</c> or <c>denied</c>.</param>
    /// <param name="reason">Why, as an enumeration's word.</param>
    /// <param name="took">How long it took.</param>
    public void Answered<TReason>(string decision, TReason reason, TimeSpan took)
        where TReason : struct, Enum
    {
        _decisions.WithLabels(decision, LabelValue.Of(reason)).Inc();
        _duration.Observe(took.TotalSeconds);
    }

    public void Unreadable() => _unreadable.Inc();
}
