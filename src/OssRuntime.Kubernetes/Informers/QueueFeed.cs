using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.WorkQueues;

namespace OssRuntime.Kubernetes.Informers;

/// <summary>Turns what happens in a store into keys of a queue.</summary>
public static class QueueFeed
{
    /// <summary>
    /// Adds the keys of the old and of the new state with each change. What was there at the start goes into the low lane, news into the
    /// normal one. Disposing the result ends the feed.
    /// </summary>
    public static IDisposable Feed<T, TKey>(this Store<T> store, WorkQueue<TKey> queue, Func<T, IEnumerable<TKey>> keysOf)
        where T : class, IResource
        where TKey : notnull =>
        store.Subscribe(change =>
        {
            var lane = change.Initial ? Lane.Low : Lane.Normal;
            Add(change.Old);
            Add(change.New);

            void Add(T? state)
            {
                if (state is null)
                {
                    return;
                }

                foreach (var key in keysOf(state))
                {
                    queue.Add(key, lane);
                }
            }
        });

    /// <summary>Adds the changed objects' own keys.</summary>
    public static IDisposable Feed<T>(this Store<T> store, WorkQueue<ObjectKey> queue)
        where T : class, IResource =>
        store.Subscribe(change => queue.Add(change.Key, change.Initial ? Lane.Low : Lane.Normal));
}
