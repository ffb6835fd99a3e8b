using OssRuntime.Model.Findings;

namespace OssRuntime.Advisories.Matching;

/// <summary>The order in which findings are shown and cut: the most pressing first, total, and the same everywhere.</summary>
public sealed class FindingOrder : IComparer<Finding>
{
    /// <summary>The order.</summary>
    public static readonly FindingOrder Instance = new();

    /// <inheritdoc/>
    public int Compare(Finding? x, Finding? y)
    {
        if (x is null || y is null)
        {
            return x is null ? (y is null ? 0 : -1) : 1;
        }

        var order = (int)y.Severity - (int)x.Severity;
        order = order != 0 ? order : y.KnownExploited.CompareTo(x.KnownExploited);
        order = order != 0 ? order : (y.Epss ?? -1).CompareTo(x.Epss ?? -1);
        order = order != 0 ? order : string.CompareOrdinal(x.Id, y.Id);
        order = order != 0 ? order : string.CompareOrdinal(x.Component.Purl.ToString(), y.Component.Purl.ToString());
        order = order != 0 ? order : string.CompareOrdinal(x.Component.Location.Path, y.Component.Location.Path);
        return order != 0 ? order : string.CompareOrdinal(x.Component.Location.Layer?.Value, y.Component.Location.Layer?.Value);
    }
}
