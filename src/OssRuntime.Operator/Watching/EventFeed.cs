using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.Watching;

/// <summary>Turns each change in a store into an event of its kind.</summary>
internal static class EventFeed
{
    /// <summary>Puts an event into the queue with each change. What was there at the start comes after what is news.</summary>
    public static void Feed<T>(this Store<T> store, string kind, WorkQueue<ClusterEvent> events)
        where T : class, IResource =>
        store.Subscribe(change => events.Add(kind, change.Key, change.Initial));

    /// <summary>Puts the event of a changed object into the queue.</summary>
    public static void Add(this WorkQueue<ClusterEvent> events, string kind, ObjectKey key, bool initial) =>
        events.Add(new ClusterEvent(kind, key), initial ? Lane.Low : Lane.Normal);
}
