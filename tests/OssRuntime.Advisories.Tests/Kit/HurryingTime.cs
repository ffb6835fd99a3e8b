using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Tests.Kit;

/// <summary>A clock on which every wait is over at once, and which remembers how long they were. A server's silence never ends on it.</summary>
internal sealed class HurryingTime : TimeProvider
{
    public List<TimeSpan> Waited { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == new FetchOptions().Silence || dueTime == new FetchOptions().Deadline || dueTime == Timeout.InfiniteTimeSpan)
        {
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        Waited.Add(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
