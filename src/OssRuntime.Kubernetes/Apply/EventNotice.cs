namespace OssRuntime.Kubernetes.Apply;

/// <summary>An event as the caller said it, and when.</summary>
internal sealed record EventNotice(EventSubject Subject, EventType Type, string Reason, string Note, string Action, DateTimeOffset At)
{
    /// <summary>What similar events have in common.</summary>
    public (EventSubject Subject, EventType Type, string Reason) Similar => (Subject, Type, Reason);
}
