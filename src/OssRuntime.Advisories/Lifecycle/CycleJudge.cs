using OssRuntime.Advisories.Feeds;
using OssRuntime.Model.Lifecycles;

namespace OssRuntime.Advisories.Lifecycle;

/// <summary>What the support of a release cycle is on a day.</summary>
internal static class CycleJudge
{
    /// <summary>
    /// The state, and the day on which it becomes or became EndOfLife. Days decide where they are known; a bare "ended" counts on every day.
    /// With extended support, which an owner declares, the cycle ends when that does and has security fixes until then.
    /// </summary>
    public static (LifecycleState State, DateOnly? EndOfLife) Judge(ReleaseCycle cycle, DateOnly day, bool extended)
    {
        var ended = cycle.EndOfLife is { } end ? day >= end : cycle.Ended;
        if (extended && cycle.ExtendedSupportEnds is { } last && ended)
        {
            return (day >= last ? LifecycleState.EndOfLife : LifecycleState.SecurityOnly, last);
        }

        if (ended)
        {
            return (LifecycleState.EndOfLife, cycle.EndOfLife);
        }

        var active = cycle.ActiveSupportEnds is { } activeEnd ? day < activeEnd : !cycle.ActiveSupportEnded;
        return (active ? LifecycleState.Supported : LifecycleState.SecurityOnly, cycle.EndOfLife);
    }
}
