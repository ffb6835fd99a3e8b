using System.Diagnostics.Metrics;
using OssRuntime.Kubernetes.Environment;

namespace OssRuntime.Kubernetes.Tests;

/// <summary>Listens to the instruments of one <see cref="ControllerMetrics"/>, as an exporter does.</summary>
internal sealed class MeasuredMetrics : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private readonly List<(string Name, double Value, (string, string?)[] Tags)> _measured = [];

    public MeasuredMetrics(ControllerMetrics metrics)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (metrics.Owns(instrument))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    public double Sum(string name, params (string, string?)[] tags) => Values(name, tags).Sum();

    public IReadOnlyList<double> Values(string name, params (string, string?)[] tags)
    {
        lock (_lock)
        {
            return [.. _measured.Where(one => one.Name == name && tags.All(one.Tags.Contains)).Select(one => one.Value)];
        }
    }

    /// <summary>Asks the gauges.</summary>
    public void Observe() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_lock)
        {
            _measured.Add((instrument.Name, value, [.. tags.ToArray().Select(tag => (tag.Key, tag.Value?.ToString()))]));
        }
    }
}
