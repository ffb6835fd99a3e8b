using Prometheus;

namespace OssRuntime.Operator.Metrics;

/// <summary>How old the advisory knowledge is and how much of it there is.</summary>
internal sealed class DatabaseMetrics(IMetricFactory factory)
{
    // Without a database there is no age: a zero would be one of half a century.
    private readonly Gauge _built = factory.CreateGauge(
        "ossruntime_advisory_database_built_timestamp_seconds",
        "When the newest record of the advisory database in use was made.",
        new GaugeConfiguration { SuppressInitialValue = true });

    private readonly Gauge _records = factory.CreateGauge(
        "ossruntime_advisory_database_records", "Records of the advisory database in use, by source.", ["source"]);

    private readonly Gauge _lastSuccess = factory.CreateGauge(
        "ossruntime_feed_last_success_timestamp_seconds", "When the feed was last read without error.", ["feed"]);

    private readonly Counter _refused = factory.CreateCounter(
        "ossruntime_advisory_database_refused_total", "Advisory databases that were not adopted because they were damaged, older, had lost records, or were not there.");

    public void Refuse() => _refused.Inc();

    public void Adopt(DateTimeOffset? newest, IEnumerable<(string Source, long Records)> sources)
    {
        if (newest is { } time)
        {
            _built.Set(time.ToUnixTimeSeconds());
        }

        var stale = _records.GetAllLabelValues().Select(labels => labels[0]).ToHashSet(StringComparer.Ordinal);
        foreach (var (source, count) in sources)
        {
            _records.WithLabels(source).Set(count);
            stale.Remove(source);
        }

        foreach (var source in stale)
        {
            _records.RemoveLabelled(source);
        }
    }

    public void FeedRead(string feed, DateTimeOffset when) => _lastSuccess.WithLabels(feed).Set(when.ToUnixTimeSeconds());
}
