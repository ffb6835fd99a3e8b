using System.Diagnostics.Metrics;
using System.Text;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Operator.Metrics;
using OssRuntime.Operator.State;

namespace OssRuntime.EndToEnd.Tests.Alerts;

/// <summary>The names of all metrics that the operator exports, from the objects that export them.</summary>
internal static class ExportedNames
{
    public static HashSet<string> All()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == ControllerMetrics.MeterName)
                {
                    names.Add(instrument.Name);
                }
            },
        };
        using var runtime = new ControllerMetrics();
        listener.Start();
        using var metrics = new OperatorMetrics(new RunningPods(), new FactsIndex(), new PodBacklog(), new ControllerEnvironment { Metrics = runtime }, 1);
        using var output = new MemoryStream();
        metrics.ExportAsync(output, CancellationToken.None).GetAwaiter().GetResult();
        names.UnionWith(Encoding.UTF8.GetString(output.ToArray()).Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]));
        return names;
    }
}
