using OssRuntime.Operator.Admission;
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

    public void Answered(AdmissionAnswer answer, TimeSpan took)
    {
        var decision = !answer.Allowed ? "denied" : answer.Warnings.IsEmpty ? "allowed" : "warned";
        _decisions.WithLabels(decision, LabelValue.Of(answer.Reason)).Inc();
        _duration.Observe(took.TotalSeconds);
    }

    public void Unreadable() => _unreadable.Inc();
}
