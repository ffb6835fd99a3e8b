using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Kubernetes.Informers;

/// <summary>
/// The last known state of one kind's objects, with named indexes. One writer, the reflector; any number of readers, who get immutable objects
/// and arrays of their own. Handlers are called one change after the other, in the order of the changes, after the store shows them; they run
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
    private readonly Dictionary<string, StoreIndex<T>> _indexes = new(StringComparer.Ordinal);
    private Subscription[] _subscriptions = [];
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

    /// <summary>Adds an index. <paramref name="valuesOf"/> must be a pure function of the object; a value said twice counts once.</summary>
    /// <exception cref="ArgumentException">There is an index of that name.</exception>
    public void AddIndex(string name, Func<T, IReadOnlyList<string>> valuesOf)
    {
        lock (_content)
        {
            var index = new StoreIndex<T>(valuesOf);
            foreach (var item in _objects.Values)
            {
                index.Add(item);
            }

            _indexes.Add(name, index);
        }
    }

    /// <summary>The objects that have the value in the index, in no order.</summary>
    /// <exception cref="KeyNotFoundException">There is no such index.</exception>
    public IReadOnlyList<T> Lookup(string index, string value)
    {
        lock (_content)
        {
            return _indexes[index].Lookup(value);
        }
    }

    /// <summary>How many objects have the value in the index.</summary>
    /// <exception cref="KeyNotFoundException">There is no such index.</exception>
    public int CountOf(string index, string value)
    {
        lock (_content)
        {
            return _indexes[index].Count(value);
        }
    }

    /// <summary>All values of the index that some object has.</summary>
    /// <exception cref="KeyNotFoundException">There is no such index.</exception>
    public IReadOnlyList<string> IndexValues(string index)
    {
        lock (_content)
        {
            return _indexes[index].Values;
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
            var subscription = new Subscription(this, handler);
            foreach (var item in Snapshot())
            {
                Deliver(subscription, new Change<T>(item.Key, null, item, Initial: true));
            }

            _subscriptions = [.. _subscriptions, subscription];
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

            foreach (var index in _indexes.Values)
            {
                index.Remove(_objects[key]);
            }
        }

        _objects[key] = item;
        _snapshot = null;
        foreach (var index in _indexes.Values)
        {
            index.Add(item);
        }

        changes.Add(new Change<T>(key, old, item, initial));
    }

    private void Take(ObjectKey key, List<Change<T>> changes)
    {
        if (_objects.Remove(key, out var old))
        {
            _snapshot = null;
            foreach (var index in _indexes.Values)
            {
                index.Remove(old);
            }

            changes.Add(new Change<T>(key, old, null, Initial: false));
        }
    }

    private void Deliver(List<Change<T>> changes)
    {
        foreach (var change in changes)
        {
            foreach (var subscription in _subscriptions)
            {
                Deliver(subscription, change);
            }
        }
    }

    private void Deliver(Subscription subscription, in Change<T> change)
    {
        try
        {
            subscription.Handler(change);
        }
        catch (Exception exception)
        {
            Log.HandlerFailed(_logger, change.Key, exception);
        }
    }

    private sealed class Subscription(Store<T> store, Action<Change<T>> handler) : IDisposable
    {
        public Action<Change<T>> Handler { get; } = handler;

        public void Dispose()
        {
            lock (store._delivery)
            {
                store._subscriptions = [.. store._subscriptions.Where(other => other != this)];
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A handler failed on the change of {Key}")]
        public static partial void HandlerFailed(ILogger logger, ObjectKey key, Exception exception);
    }
}
