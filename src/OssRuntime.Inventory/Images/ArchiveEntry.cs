namespace OssRuntime.Inventory.Images;

/// <summary>Where the content of a file of an archive lies.</summary>
/// <param name="Offset">Bytes from the start of the archive.</param>
/// <param name="Size">Bytes.</param>
internal readonly record struct ArchiveEntry(long Offset, long Size);
