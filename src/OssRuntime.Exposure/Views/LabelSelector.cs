namespace OssRuntime.Exposure.Views;

/// <summary>A selector of labels; an empty one selects everything (apimachinery, LabelSelector).</summary>
internal sealed record LabelSelector(Dictionary<string, string>? MatchLabels, LabelSelector.Requirement[]? MatchExpressions)
{
    /// <summary>True where the labels are selected.</summary>
    public bool Matches(LabelSet labels)
    {
        foreach (var (key, value) in MatchLabels ?? [])
        {
            if (labels.Find(key) != value)
            {
                return false;
            }
        }

        return Array.TrueForAll(MatchExpressions ?? [], requirement => requirement.Holds(labels.Find(requirement.Key ?? "")));
    }

    internal sealed record Requirement(string? Key, string? Operator, string[]? Values)
    {
        public bool Holds(string? value) => Operator switch
        {
            "In" => value is not null && Values?.Contains(value, StringComparer.Ordinal) == true,
            "NotIn" => value is null || Values?.Contains(value, StringComparer.Ordinal) != true,
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            _ => false,
        };
    }
}
