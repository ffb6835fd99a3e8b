using System.Buffers.Binary;
using OssRuntime.Advisories.Database.Format;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>
/// Writes which versions were published: for each ecosystem its name and the length of a table, then the tables. An entry is the hash of a package, or of a
/// package and a version, in six bytes, and what its publisher says of it in one; in order.
/// </summary>
internal static class VersionIndexSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(DatabaseFileWriter file, IReadOnlyDictionary<string, CollectedVersions> versions)
    {
        var head = new ByteWriter();
        var tables = new ByteWriter();
        head.UInt32((uint)versions.Count);
        Span<byte> bytes = stackalloc byte[8];
        foreach (var (ecosystem, collected) in versions.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var start = tables.Length;
            foreach (var (hash, version) in collected.Entries)
            {
                BinaryPrimitives.WriteUInt64BigEndian(bytes, hash);
                tables.Bytes(bytes[2..]);
                tables.Byte((byte)version.Note);
            }

            head.Text(ecosystem);
            head.UInt32((uint)(tables.Length - start));
        }

        file.Begin(DatabaseFormat.Versions);
        file.Append(head.Written);
        file.Append(tables.Written);
        file.End();
    }
}
