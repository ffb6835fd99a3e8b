namespace OssRuntime.Model.Inventories;

/// <summary>Something in an image that looked like a package record and could not be read: where, by whom, and why.</summary>
public sealed record Unknown(string Path, string Extractor, string Reason)
{
    /// <summary>What it means for the inventory as a whole.</summary>
    public UnknownKind Kind { get; init; }
}
