namespace OssRuntime.EndToEnd.Tests.Admission;

/// <summary>A wall clock that can be set, over time that passes as it does. Waits of more than ten seconds are over in a fifth of theirs.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    /// <summary>How far the clock is ahead; negative where it is behind.</summary>
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime > Long ? dueTime / 5 : dueTime, period);
}
