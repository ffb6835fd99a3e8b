using OssRuntime.Advisories.Database.Format;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>
/// Writes on which days versions were published: for each ecosystem of which some are known its name and the length of a table, then the tables. An entry stands
/// at the place that the version has in the section of versions, in two bytes (<see cref="ReleaseDay"/>).
/// </summary>
internal static class ReleaseDaysSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(DatabaseFileWriter file, IReadOnlyDictionary<string, CollectedVersions> versions)
    {
        var head = new ByteWriter();
        var tables = new ByteWriter();
        var dated = versions.Where(pair => pair.Value.HasDays).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        head.UInt32((uint)dated.Count);
        foreach (var (ecosystem, collected) in dated)
        {
            head.Text(ecosystem);
            head.UInt32((uint)collected.Entries.Count * 2);
            foreach (var (_, version) in collected.Entries)
            {
                tables.UInt16(version.Day);
            }
        }

        file.Begin(DatabaseFormat.Released);
        file.Append(head.Written);
        file.Append(tables.Written);
        file.End();
    }
}
