namespace OssRuntime.Advisories.Feeds.Archives;

/// <summary>One file in a zip archive as its central directory tells it (APPNOTE 4.3.12).</summary>
internal readonly record struct ZipEntry(string Name, ushort Method, ushort Flags, uint Crc32, long Compressed, long Length, long Offset);
