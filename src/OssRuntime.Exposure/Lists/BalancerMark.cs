namespace OssRuntime.Exposure.Lists;

/// <summary>An annotation that says how far a balancer reaches. A row of <c>marks.tsv</c>.</summary>
/// <param name="Owner">Whose controllers read it.</param>
/// <param name="Annotation">Its name.</param>
/// <param name="Value">The value that it has the meaning with; null for any.</param>
/// <param name="Meaning">What it says.</param>
internal sealed record BalancerMark(string Owner, string Annotation, string? Value, MarkMeaning Meaning)
{
    /// <summary>True where the annotation is there with the value.</summary>
    public bool Applies(string? found) => found is not null && (Value is null || found.Equals(Value, StringComparison.OrdinalIgnoreCase));
}
