using System.Text;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.R;

/// <summary>
/// Installed packages of R: <c>library/NAME/DESCRIPTION</c>, fields as in an e-mail. Only an installed package has the field <c>Built</c>.
/// </summary>
internal sealed class RPackageExtractor : IExtractor
{
    public string Name => "r";

    public int Version => 1;

    public long LargestFile => 4 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => path.EndsWith("/DESCRIPTION"u8) && path.IndexOf("library/"u8) >= 0;

    public void Extract(FileContent file, ExtractionContext context)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var lines = new LineReader(file.ReadAll());
        while (lines.MoveNext())
        {
            var colon = lines.Line.IndexOf((byte)':');
            if (colon > 0 && lines.Line[0] is not ((byte)' ' or (byte)'\t'))
            {
                fields.TryAdd(Encoding.UTF8.GetString(lines.Line[..colon]), Encoding.UTF8.GetString(lines.Line[(colon + 1)..]).Trim());
            }
        }

        if (!fields.ContainsKey("Built"))
        {
            return;
        }

        if (!fields.TryGetValue("Package", out var name) || !fields.TryGetValue("Version", out var version))
        {
            context.AddUnknown("it has no name or no version");
            return;
        }

        context.Add(new PackageRecord
        {
            Type = "cran",
            Name = name,
            Version = version,
            Kind = ComponentType.Library,
            Licenses = fields.TryGetValue("License", out var license) ? [license] : [],
            Origin = fields.GetValueOrDefault("RemoteUrl"),
        });
    }
}
