namespace OssRuntime.Operator.Resources;

/// <summary>The types of condition on our objects.</summary>
internal static class ConditionType
{
    /// <summary>The image has an inventory.</summary>
    public const string Inventoried = nameof(Inventoried);

    /// <summary>All that is in the image, or in the images of the workload, was matched against an advisory database.</summary>
    public const string Matched = nameof(Matched);

    /// <summary>The object leaves findings out for its byte budget.</summary>
    public const string Truncated = nameof(Truncated);

    /// <summary>All images of the workload have an inventory, and at least some of each could be checked.</summary>
    public const string Covered = nameof(Covered);

    /// <summary>The owners above the workload could be read; it is there only where they could not.</summary>
    public const string OwnersRead = nameof(OwnersRead);
}
