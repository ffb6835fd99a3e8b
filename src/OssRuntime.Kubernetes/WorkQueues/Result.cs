namespace OssRuntime.Kubernetes.WorkQueues;

/// <summary>
/// How a reconciliation ended well. There is no "again at once": what failed throws, what waits for a time says when, and what waits for an
/// object is called when that object changes.
/// </summary>
public readonly record struct Result
{
    /// <summary>Nothing to do until something changes.</summary>
    public static Result Done => default;

    /// <summary>After which time to look again; null if only a change matters.</summary>
    public TimeSpan? Delay { get; private init; }

    /// <summary>Look again after a time, or earlier if something changes: a deadline passes without any event.</summary>
    public static Result After(TimeSpan delay) => new() { Delay = delay };
}
