using OssRuntime.Exposure.Pods;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Graph;

/// <summary>Keeps the best of the ways to a pod, and those that may be ways.</summary>
internal sealed class WaySearch(PodStanding standing)
{
    private static readonly PodExposure Nothing = new(ExposureLevel.None, []);

    private ExposureLevel _start;
    private HashSet<ExposureUncertain>? _doubts;

    /// <summary>The farthest way so far.</summary>
    public PodExposure Best { get; private set; } = Nothing;

    public bool Found { get; private set; }

    /// <summary>From how far the ways begin, whatever policies say.</summary>
    public ExposureLevel Unlimited { get; private set; }

    /// <summary>What may be ways: from how far, and why it is not certain.</summary>
    public IReadOnlyCollection<ExposureUncertain> Doubts => _doubts is null ? [] : _doubts;

    public bool HasDoubts => _doubts is not null;

    /// <summary>Looks at a way.</summary>
    public void Consider(NetworkPath way, PodPort? port)
    {
        if (way.Doubt is { } doubt)
        {
            if (standing.Limit(way, port) is { Level: > ExposureLevel.None and var doubtful })
            {
                (_doubts ??= []).Add(new ExposureUncertain(doubtful, doubt));
            }

            return;
        }

        Unlimited = way.Level > Unlimited ? way.Level : Unlimited;
        if (Found && way.Level < Best.Level)
        {
            return;
        }

        var (reached, step, perhaps) = standing.Limit(way, port);
        if (perhaps is not null)
        {
            (_doubts ??= []).Add(new ExposureUncertain(way.Level, perhaps));
        }

        if (Found && reached < Best.Level)
        {
            return;
        }

        var path = port is null ? way.Steps : way.Steps.Add(port.Protocol == "TCP" ? $"port {port.Number}" : $"port {port.Number}/{port.Protocol}");
        var candidate = new PodExposure(reached, step is null ? path : path.Add(step));
        // Of what ends alike, the way from farther away tells more: it says what stops it.
        if (!Found || reached > Best.Level || way.Level > _start || (way.Level == _start && candidate.OrderAgainst(Best) < 0))
        {
            (Best, _start, Found) = (candidate, way.Level, true);
        }
    }
}
