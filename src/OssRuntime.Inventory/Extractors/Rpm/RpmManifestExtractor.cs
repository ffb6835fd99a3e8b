using System.Globalization;
using System.Text;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Text;

namespace OssRuntime.Inventory.Extractors.Rpm;

/// <summary>
/// The packages of an image without rpm, as Azure Linux lists them: a line a package, fields separated by tabs: name, version-release, two times,
/// vendor, epoch or <c>(none)</c>, size, architecture, epoch as a number, source rpm.
/// </summary>
internal sealed class RpmManifestExtractor : IExtractor
{
    private const int Fields = 10;

    public string Name => "rpm-manifest";

    public int Version => 1;

    public long LargestFile => 64 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => RpmPaths.IsManifest(path);

    public void Extract(FileContent file, ExtractionContext context)
    {
        var lines = new LineReader(file.ReadAll());
        while (lines.MoveNext())
        {
            if (lines.Line.IsEmpty)
            {
                continue;
            }

            var fields = Encoding.UTF8.GetString(lines.Line).Split('\t');
            var dash = fields.Length < Fields ? -1 : fields[1].LastIndexOf('-');
            if (dash < 1)
            {
                context.AddUnknown($"line {lines.Number} is not a package");
                continue;
            }

            var epoch = uint.TryParse(fields[8], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
            var version = RpmPackage.VersionOf(epoch, fields[1][..dash], fields[1][(dash + 1)..]);
            context.Add(RpmPackage.Record(fields[0], version, fields[7], fields[9], vendor: fields[4]));
        }
    }
}
