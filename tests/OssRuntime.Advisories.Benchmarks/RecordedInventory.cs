using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Benchmarks;

/// <summary>An inventory in the form of the golden findings: purl, type, ecosystem, name, version, source and its version, <c>owned</c>.</summary>
internal static class RecordedInventory
{
    /// <summary>Reads a file.</summary>
    public static ComponentInventory Read(string path) => new()
    {
        Components = [.. File.ReadLines(path).Where(line => !line.StartsWith('#')).Select(line => line.Split('\t')).Select(columns => new Component
        {
            Purl = PackageUrl.TryParse(columns[0], out var purl, out var reason) ? purl! : throw new InvalidDataException(reason),
            Type = Enum.Parse<ComponentType>(columns[1]),
            Ecosystem = Ecosystem.Parse(columns[2]),
            Name = columns[3],
            Version = columns[4],
            Source = columns.Length > 6 && columns[5].Length > 0 ? new SourcePackage(columns[5], columns[6]) : null,
            OwnedBy = columns.Length > 7 && columns[7].Length > 0 ? columns[7] : null,
            Location = new ComponentLocation(null, ""),
        })],
    };
}
