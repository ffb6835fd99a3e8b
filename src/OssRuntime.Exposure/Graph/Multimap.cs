namespace OssRuntime.Exposure.Graph;

/// <summary>Several values to a key; a key without values takes no space.</summary>
internal sealed class Multimap<TKey, TValue>
    where TKey : notnull
{
    private static readonly HashSet<TValue> Nothing = [];

    private readonly Dictionary<TKey, HashSet<TValue>> _values = [];

    public IEnumerable<TKey> Keys => _values.Keys;

    public IReadOnlySet<TValue> this[TKey key] => _values.TryGetValue(key, out var values) ? values : Nothing;

    public void Add(TKey key, TValue value)
    {
        if (!_values.TryGetValue(key, out var values))
        {
            _values[key] = values = [];
        }

        values.Add(value);
    }

    public void Remove(TKey key, TValue value)
    {
        if (_values.TryGetValue(key, out var values) && values.Remove(value) && values.Count == 0)
        {
            _values.Remove(key);
        }
    }
}
