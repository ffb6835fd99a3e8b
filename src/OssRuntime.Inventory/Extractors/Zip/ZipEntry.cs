namespace OssRuntime.Inventory.Extractors.Zip;

/// <summary>A file of a zip archive, as the central directory tells.</summary>
/// <param name="Name">Its path.</param>
/// <param name="Method">0 stored, 8 deflated; others are not read.</param>
/// <param name="IsEncrypted">True where it takes a password.</param>
/// <param name="CompressedSize">Bytes in the archive.</param>
/// <param name="Size">Bytes inflated, as stated.</param>
/// <param name="HeaderOffset">Where its local header lies.</param>
internal sealed record ZipEntry(string Name, ushort Method, bool IsEncrypted, long CompressedSize, long Size, long HeaderOffset);
