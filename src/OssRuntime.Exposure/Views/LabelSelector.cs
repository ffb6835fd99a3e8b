namespace OssRuntime.Exposure.Views;

/// <summary>A selector of labels; an empty one selects everything (apimachinery, LabelSelector).</summary>
internal sealed record LabelSelector(Dictionary<string, string>? MatchLabels, LabelSelector.Requirement[]? MatchExpressions)
{
    /// <summary>The selector as a text: equal texts select alike.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Text => string.Join('\n', (MatchLabels ?? []).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")
        .Concat((MatchExpressions ?? []).Select(requirement => $"{requirement.Key} {requirement.Operator} {string.Join(',', requirement.Values ?? [])}")));

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
