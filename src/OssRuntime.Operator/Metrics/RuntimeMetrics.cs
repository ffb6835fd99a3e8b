using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using OssRuntime.Kubernetes.Environment;
using Prometheus;

namespace OssRuntime.Operator.Metrics;

/// <summary>Exports the instruments of the controller runtime under their own names, which are those that dashboards know.</summary>
internal sealed class RuntimeMetrics : IDisposable
{
    private static readonly double[] Seconds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 120, 300];

    private readonly IMetricFactory _factory;
    private readonly MeterListener _listener;
    private readonly ConcurrentDictionary<Instrument, Collector> _collectors = new();

    public RuntimeMetrics(IMetricFactory factory, ControllerMetrics metrics)
    {
        _factory = factory;
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (metrics.Owns(instrument))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Asks the observable instruments, at a scrape.</summary>
    public void Refresh() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var names = new string[tags.Length];
        var values = new string[tags.Length];
        for (var i = 0; i < tags.Length; i++)
        {
            names[i] = tags[i].Key;
            values[i] = tags[i].Value?.ToString() ?? "";
        }

        var collector = _collectors.GetOrAdd(instrument, Create, names);
        switch (collector)
        {
            case Counter counter:
                counter.WithLabels(values).Inc(value);
                break;
            case Histogram histogram:
                histogram.WithLabels(values).Observe(value);
                break;
            case Gauge gauge when instrument is UpDownCounter<long>:
                gauge.WithLabels(values).Inc(value);
                break;
            case Gauge gauge:
                gauge.WithLabels(values).Set(value);
                break;
        }
    }

    private Collector Create(Instrument instrument, string[] labels)
    {
        var help = instrument.Description ?? instrument.Name;
        return instrument switch
        {
            Counter<long> or Counter<int> or Counter<double> => _factory.CreateCounter(instrument.Name, help, labels),
            Histogram<double> => _factory.CreateHistogram(instrument.Name, help, labels, new HistogramConfiguration { Buckets = Seconds }),
            _ => _factory.CreateGauge(instrument.Name, help, labels),
        };
    }
}
