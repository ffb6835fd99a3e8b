namespace OssRuntime.Inventory.Extractors.Zip;

/// <summary>Reads the small entries of an archive that tell what is in it.</summary>
internal static class ZipRecord
{
    /// <summary>The content; empty, with a reason, where it is too large or cannot be read.</summary>
    /// <param name="zip">The archive.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="largest">Bytes that it may have.</param>
    /// <param name="problem">Is told the reason.</param>
    public static byte[] Read(ZipDirectory zip, ZipEntry entry, int largest, Action<string> problem)
    {
        if (entry.Size < 0 || entry.Size > largest)
        {
            problem($"'{entry.Name}' has {entry.Size} bytes");
            return [];
        }

        try
        {
            using var stream = zip.Open(entry);
            var record = new byte[entry.Size];
            var length = stream.ReadAtLeast(record, record.Length, throwOnEndOfStream: false);
            return length == record.Length ? record : record[..length];
        }
        catch (InvalidDataException e)
        {
            problem($"'{entry.Name}' could not be read: {e.Message}");
            return [];
        }
    }
}
