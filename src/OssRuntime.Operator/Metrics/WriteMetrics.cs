using System.Collections.Concurrent;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Resources;
using Prometheus;

namespace OssRuntime.Operator.Metrics;

/// <summary>Which of our objects could not be written: what is known of them is exported all the same, and nobody who reads only the objects sees it.</summary>
internal sealed class WriteMetrics(IMetricFactory factory)
{
    private readonly ConcurrentDictionary<(string Kind, ObjectKey Key), bool> _unwritten = new();

    private readonly Counter _failures = factory.CreateCounter(
        "ossruntime_report_write_failures_total", "Failed tries to write an object of ours, by kind and reason of the API server.", ["kind", "reason"]);

    private readonly Gauge _reports = factory.CreateGauge(
        "ossruntime_reports_unwritten", "Objects of ours whose last write failed, so that they are older than what is known.", ["kind"]);

    /// <summary>Writes, and notes whether that succeeded.</summary>
    public async Task WatchAsync(string kind, ObjectKey key, Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _unwritten[(kind, key)] = true;
            _failures.WithLabels(kind, (error as ApiException)?.Status?.Reason ?? error.GetType().Name).Inc();
            throw;
        }

        _unwritten.TryRemove((kind, key), out _);
    }

    /// <summary>Nobody wants the object written any more.</summary>
    public void Forget(string kind, ObjectKey key) => _unwritten.TryRemove((kind, key), out _);

    /// <summary>Brings the gauge up to date, at a scrape.</summary>
    public void Refresh()
    {
        foreach (var kind in (string[])[ImageInventory.Resource.Kind, WorkloadReport.Resource.Kind])
        {
            _reports.WithLabels(kind).Set(_unwritten.Keys.Count(entry => entry.Kind == kind));
        }
    }
}
