namespace OssRuntime.Inventory.Sboms.Discovery;

/// <summary>A VEX document that was attached to an image.</summary>
/// <param name="Name">What it is called in reasons.</param>
/// <param name="Document">Its bytes.</param>
/// <param name="VerifiedBy">Whose signature was verified, or null.</param>
public sealed record VexAttachment(string Name, ReadOnlyMemory<byte> Document, string? VerifiedBy);
