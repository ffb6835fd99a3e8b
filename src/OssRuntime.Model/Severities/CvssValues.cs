namespace OssRuntime.Model.Severities;

/// <summary>The values that the metrics of a vector have.</summary>
internal sealed class CvssValues
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<CvssMetricGroup> _groups = [];

    /// <summary>Notes a value; false where the metric has one already.</summary>
    internal bool TryAdd(CvssMetric metric, string value)
    {
        if (!_values.TryAdd(metric.Name, value))
        {
            return false;
        }

        if (metric.Group == CvssMetricGroup.Base || value != metric.Values[0])
        {
            _groups.Add(metric.Group);
        }

        return true;
    }

    /// <summary>True where a metric of the group says something.</summary>
    internal bool Has(CvssMetricGroup group) => _groups.Contains(group);

    /// <summary>True where the metric is there.</summary>
    internal bool Has(string name) => _values.ContainsKey(name);

    /// <summary>The value of a metric, <c>X</c> where it is not there.</summary>
    internal string Of(string name) => _values.GetValueOrDefault(name, "X");

    /// <summary>The value of the modified metric where it says something, else of the base metric itself.</summary>
    internal string Modified(string name) => Of("M" + name) is var value and not "X" ? value : Of(name);
}
