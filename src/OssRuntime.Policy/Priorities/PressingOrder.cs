using OssRuntime.Model.Findings;

namespace OssRuntime.Policy.Priorities;

/// <summary>
/// The most pressing finding first, on whatever workload: malicious packages, then by exploitation and automatability (the deployer's table
/// never sinks when either rises), then by severity, score and likelihood, then those that have a fix. The rest makes the order total.
/// </summary>
public sealed class PressingOrder : IComparer<Finding>
{
    /// <summary>The order.</summary>
    public static readonly PressingOrder Instance = new();

    private PressingOrder()
    {
    }

    /// <inheritdoc/>
    public int Compare(Finding? x, Finding? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 1 : 0) - (y is null ? 1 : 0);
        }

        var left = PriorityDecider.InputsOf(x, DeployerContext.Assumed);
        var right = PriorityDecider.InputsOf(y, DeployerContext.Assumed);
        return First(
            (y.Severity == Severity.Malicious).CompareTo(x.Severity == Severity.Malicious),
            right.Exploitation.CompareTo(left.Exploitation),
            right.Automatable.CompareTo(left.Automatable),
            y.Severity.CompareTo(x.Severity),
            Nullable.Compare(y.Score, x.Score),
            Nullable.Compare(y.Epss, x.Epss),
            (y.FixedIn is not null).CompareTo(x.FixedIn is not null),
            string.CompareOrdinal(x.Id, y.Id),
            string.CompareOrdinal(x.Component.Name, y.Component.Name),
            string.CompareOrdinal(x.Component.Version, y.Component.Version),
            string.CompareOrdinal(x.Component.Location.Path, y.Component.Location.Path));
    }

    private static int First(params ReadOnlySpan<int> comparisons)
    {
        foreach (var comparison in comparisons)
        {
            if (comparison != 0)
            {
                return comparison;
            }
        }

        return 0;
    }
}
