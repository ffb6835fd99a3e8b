namespace OssRuntime.Operator.Resources;

/// <summary>A condition in the form of <c>metav1.Condition</c>: what is true of an object, why, and since when.</summary>
internal sealed record Condition(
    string Type, string Status, string Reason, string Message, DateTimeOffset LastTransitionTime, long? ObservedGeneration);
