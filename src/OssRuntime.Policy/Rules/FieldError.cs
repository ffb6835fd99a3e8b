namespace OssRuntime.Policy.Rules;

/// <summary>What is wrong with a field of an object.</summary>
/// <param name="Path">Where it is: <c>spec.rules[2].severity</c>.</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record FieldError(string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Message}";
}
