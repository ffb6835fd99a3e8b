using OssRuntime.Model.Coverage;
using OssRuntime.Operator.State;
using Prometheus;

namespace OssRuntime.Operator.Metrics;

/// <summary>
/// Coverage per namespace: discovered = checked + partly + unchecked + pending + failed + unsupported. Where an image is not checked in full, the reason tells why: what most of
/// its components lack, why it failed, what it waits for.
/// </summary>
internal sealed class CoverageMetrics(IMetricFactory factory, RunningPods running, FactsIndex facts)
{
    private const string Discovered = "discovered";

    private static readonly string[] States = [Discovered, "checked", "partly", "unchecked", "pending", "failed", "unsupported"];

    private readonly Gauge _images = factory.CreateGauge(
        "ossruntime_images",
        "Different images that run in a namespace, by state and reason; discovered is all of them, the other states add up to it.",
        ["namespace", "state", "reason"]);

    public void Refresh()
    {
        var images = running.All
            .SelectMany(pod => pod.Containers.Select(container => (Namespace: pod.Pod.Key.Namespace ?? "", Image: container.ImageName, Container: container)))
            .Select(entry => (entry.Namespace, entry.Image, Standing: StandingOf(entry.Container)))
            .DistinctBy(entry => (entry.Namespace, entry.Image, entry.Standing.State))
            .Select(entry => (entry.Namespace, entry.Standing))
            .ToList();
        var refresh = new GaugeRefresh(_images);

        // A state without a reason is there always, so that a rule sees a zero: of images, unlike of findings, the number is known.
        foreach (var (name, discovered) in images.CountBy(image => image.Namespace, StringComparer.Ordinal))
        {
            foreach (var state in States)
            {
                refresh.Set(state == Discovered ? discovered : 0, [name, state, ""]);
            }
        }

        foreach (var ((name, standing), count) in images.CountBy(image => image))
        {
            refresh.Set(count, [name, standing.State, standing.Reason]);
        }

        refresh.RemoveStale();
    }

    private (string State, string Reason) StandingOf(RunningContainer container)
    {
        var known = container.Image is { } key ? facts.Find(key) : null;
        return container.StateIn(facts) switch
        {
            ImageState.Inventoried => known?.Checked switch
            {
                { State: CheckState.Complete } => ("checked", ""),
                { State: CheckState.Partly } coverage => ("partly", coverage.Unchecked[0].Reason.ToString()),
                { } coverage => ("unchecked", coverage.Unchecked[0].Reason.ToString()),
                null => ("unchecked", nameof(UncheckedReason.NotMatched)),
            },
            ImageState.Pending => ("pending", container.Image is null ? container.Problem ?? "NotStarted" : known?.Reason ?? nameof(ImageState.Pending)),
            var state => (LabelValue.Of(state), known?.Reason ?? container.Problem ?? ""),
        };
    }
}
