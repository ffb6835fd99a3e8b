namespace OssRuntime.Operator.Resources;

/// <summary>Which image an ImageInventory is about.</summary>
internal sealed record ImageInventorySpec
{
    public required string Digest { get; init; }

    public required string Platform { get; init; }

    /// <summary>A name that it runs under, for display.</summary>
    public string? Image { get; init; }
}
