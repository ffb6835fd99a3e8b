using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Kubernetes.Informers;

/// <summary>
/// The last known state of one kind's objects, by name. One writer, the reflector; any number of readers, who get immutable objects and arrays. Handlers are called one change after the other, in the order of the changes, after the store shows them; they run
/// on the writer's time and only put keys into queues.
/// </summary>
public sealed partial class Store<T>
    where T : class, IResource
{
    private readonly ILogger _logger;

    // _content guards what readers see and is held for moments; _delivery keeps writes and the calls of handlers in one order.
    private readonly Lock _content = new();
    private readonly Lock _delivery = new();
    private readonly Dictionary<ObjectKey, T> _objects = [];
    private (Subscription Handle, Action<Change<T>> Handler)[] _subscriptions = [];
    private T[]? _snapshot;

    internal Store(ILogger logger) => _logger = logger;

    /// <summary>How many objects there are.</summary>
    public int Count
    {
        get
        {
            lock (_content)
            {
                return _objects.Count;
            }
        }
    }

    /// <summary>The object, or null.</summary>
    public T? Get(ObjectKey key)
    {
        lock (_content)
        {
            return _objects.GetValueOrDefault(key);
        }
    }

    /// <summary>All objects at one moment, in no order. The same array is handed out until something changes.</summary>
    public IReadOnlyList<T> Snapshot()
    {
        lock (_content)
        {
            return _snapshot ??= [.. _objects.Values];
        }
    }

    /// <summary>
    /// Calls the handler for each object there is now, as an initial change, and from then on for each change. Disposing the result ends that.
    /// What a handler throws is logged and goes no further.
    /// </summary>
    public IDisposable Subscribe(Action<Change<T>> handler)
    {
        lock (_delivery)
        {
            var subscription = new Subscription(this);
            foreach (var item in Snapshot())
            {
                Deliver(handler, new Change<T>(item.Key, null, item, Initial: true));
            }

            _subscriptions = [.. _subscriptions, (subscription, handler)];
            return subscription;
        }
    }

    /// <summary>Makes the store equal to a complete list. <paramref name="kept"/> names objects that exist and could not be read: they stay as they were.</summary>
    internal void Replace(IReadOnlyList<T> items, IReadOnlySet<ObjectKey> kept, bool initial)
    {
        lock (_delivery)
        {
            var changes = new List<Change<T>>();
            lock (_content)
            {
                // The first list, the largest, has nothing to remove.
                var present = _objects.Count == 0 ? null : new HashSet<ObjectKey>(items.Count);
                _objects.EnsureCapacity(items.Count);
                foreach (var item in items)
                {
                    present?.Add(item.Key);
                    Put(item, initial, changes);
                }

                if (present is not null)
                {
                    foreach (var key in _objects.Keys.Where(key => !present.Contains(key) && !kept.Contains(key)).ToArray())
                    {
                        Take(key, changes);
                    }
                }
            }

            Deliver(changes);
        }
    }

    /// <summary>Takes over one object's newer state.</summary>
    internal void Upsert(T item)
    {
        lock (_delivery)
        {
            var changes = new List<Change<T>>(1);
            lock (_content)
            {
                Put(item, initial: false, changes);
            }

            Deliver(changes);
        }
    }

    /// <summary>Removes one object, if it is there.</summary>
    internal void Remove(ObjectKey key)
    {
        lock (_delivery)
        {
            var changes = new List<Change<T>>(1);
            lock (_content)
            {
                Take(key, changes);
            }

            Deliver(changes);
        }
    }

    private void Put(T item, bool initial, List<Change<T>> changes)
    {
        var key = item.Key;
        if (_objects.TryGetValue(key, out var old))
        {
            var recreated = old.Uid != item.Uid;
            if (!recreated && old.ResourceVersion == item.ResourceVersion)
            {
                return;
            }

            if (recreated)
            {
                changes.Add(new Change<T>(key, old, null, initial));
                old = null;
            }
        }

        _objects[key] = item;
        _snapshot = null;
        changes.Add(new Change<T>(key, old, item, initial));
    }

    private void Take(ObjectKey key, List<Change<T>> changes)
    {
        if (_objects.Remove(key, out var old))
        {
            _snapshot = null;
            changes.Add(new Change<T>(key, old, null, Initial: false));
        }
    }

    private void Deliver(List<Change<T>> changes)
    {
        foreach (var change in changes)
        {
            foreach (var (_, handler) in _subscriptions)
            {
                Deliver(handler, change);
            }
        }
    }

    private void Deliver(Action<Change<T>> handler, in Change<T> change)
    {
        try
        {
            handler(change);
        }
        catch (Exception exception)
        {
            Log.HandlerFailed(_logger, change.Key, exception);
        }
    }

    private sealed class Subscription(Store<T> store) : IDisposable
    {
        public void Dispose()
        {
            lock (store._delivery)
            {
                store._subscriptions = [.. store._subscriptions.Where(other => other.Handle != this)];
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A handler failed on the change of {Key}")]
        public static partial void HandlerFailed(ILogger logger, ObjectKey key, Exception exception);
    }
}
