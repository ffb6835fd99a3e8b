namespace OssRuntime.Kubernetes.Api;

/// <summary>What is wanted of a JSON document: a value with all that is in it, or certain members of an object. Of an array the same is wanted of each element.</summary>
public sealed record JsonPlan
{
    /// <summary>The value with all that is in it.</summary>
    public static readonly JsonPlan All = new() { Members = null };

    private JsonPlan()
    {
    }

    /// <summary>The members that are wanted; null for all.</summary>
    internal IReadOnlyDictionary<string, JsonPlan>? Members { get; private init; }

    /// <summary>These members and nothing else.</summary>
    public static JsonPlan Of(params (string Name, JsonPlan Plan)[] members) =>
        new() { Members = members.ToDictionary(member => member.Name, member => member.Plan, StringComparer.Ordinal) };

    /// <summary>These members, each with all that is in it.</summary>
    public static JsonPlan Of(params string[] names) => Of([.. names.Select(name => (name, All))]);

    /// <summary>The same with more members.</summary>
    public JsonPlan And(params (string Name, JsonPlan Plan)[] members) => Of([.. (Members ?? throw new InvalidOperationException("all is wanted already")).Select(pair => (pair.Key, pair.Value)), .. members]);
}
