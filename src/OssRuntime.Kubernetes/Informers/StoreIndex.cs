using System.Runtime.InteropServices;

namespace OssRuntime.Kubernetes.Informers;

/// <summary>
/// Objects by a value computed from them. An entry of one object, the common case of indexes by identity, is the object itself; of several,
/// a list: 100,000 entries cost no more than their dictionary.
/// </summary>
internal sealed class StoreIndex<T>(Func<T, IReadOnlyList<string>> valuesOf)
    where T : class
{
    private readonly Dictionary<string, object> _entries = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Values => [.. _entries.Keys];

    public void Add(T item)
    {
        var values = valuesOf(item);
        for (var i = 0; i < values.Count; i++)
        {
            if (!SeenBefore(values, i))
            {
                AddOne(values[i], item);
            }
        }
    }

    public void Remove(T item)
    {
        var values = valuesOf(item);
        for (var i = 0; i < values.Count; i++)
        {
            if (!SeenBefore(values, i))
            {
                RemoveOne(values[i], item);
            }
        }
    }

    public T[] Lookup(string value) => _entries.GetValueOrDefault(value) switch
    {
        null => [],
        List<T> several => [.. several],
        var one => [(T)one],
    };

    public int Count(string value) => _entries.GetValueOrDefault(value) switch
    {
        null => 0,
        List<T> several => several.Count,
        _ => 1,
    };

    private void AddOne(string value, T item)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, value, out _);
        switch (entry)
        {
            case null:
                entry = item;
                break;
            case List<T> several:
                several.Add(item);
                break;
            default:
                entry = new List<T> { (T)entry, item };
                break;
        }
    }

    private void RemoveOne(string value, T item)
    {
        if (!_entries.TryGetValue(value, out var entry))
        {
            return;
        }

        if (entry is not List<T> several)
        {
            _entries.Remove(value);
            return;
        }

        // The order inside an entry means nothing, so the last one fills the gap.
        var position = several.FindIndex(other => ReferenceEquals(other, item));
        if (position >= 0)
        {
            several[position] = several[^1];
            several.RemoveAt(several.Count - 1);
        }

        if (several.Count == 1)
        {
            _entries[value] = several[0];
        }
    }

    // Two containers of a pod may run the same image; there are a handful of values at most.
    private static bool SeenBefore(IReadOnlyList<string> values, int position)
    {
        for (var i = 0; i < position; i++)
        {
            if (values[i] == values[position])
            {
                return true;
            }
        }

        return false;
    }
}
