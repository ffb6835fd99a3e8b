namespace OssRuntime.Inventory.Store;

/// <summary>A reading that led to no inventory.</summary>
/// <param name="Unended">How often a reading began that never ended: the process did.</param>
/// <param name="Failure">Why it is not tried again, or null.</param>
public sealed record KeptReading(int Unended, string? Failure);
