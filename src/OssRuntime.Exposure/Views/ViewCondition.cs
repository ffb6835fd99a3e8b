namespace OssRuntime.Exposure.Views;

/// <summary>A condition in the status of an object.</summary>
internal sealed record ViewCondition(string? Type, string? Status)
{
    /// <summary>True where the list says that the condition holds.</summary>
    public static bool Holds(ViewCondition[]? conditions, string type) =>
        Array.Exists(conditions ?? [], condition => condition.Type == type && condition.Status == "True");

    /// <summary>True where the list says that the condition does not hold; silence is no refusal.</summary>
    public static bool Denies(ViewCondition[]? conditions, string type) =>
        Array.Exists(conditions ?? [], condition => condition.Type == type && condition.Status == "False");
}
