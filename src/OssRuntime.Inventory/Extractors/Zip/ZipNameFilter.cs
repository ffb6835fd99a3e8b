namespace OssRuntime.Inventory.Extractors.Zip;

/// <summary>True for the name of an entry that is of interest.</summary>
internal delegate bool ZipNameFilter(ReadOnlySpan<byte> name);
