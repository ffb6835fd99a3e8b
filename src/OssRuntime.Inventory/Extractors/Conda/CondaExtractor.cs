using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Inventory.Packages;
using OssRuntime.Inventory.Paths;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Conda;

/// <summary>Packages of a conda environment: <c>conda-meta/NAME-VERSION-BUILD.json</c>.</summary>
internal sealed class CondaExtractor : IExtractor
{
    public string Name => "conda";

    public int Version => 1;

    public long LargestFile => 64 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => path.EndsWith(".json"u8) && LayerPath.Directory(path).EndsWith("/conda-meta"u8);

    public void Extract(FileContent file, ExtractionContext context)
    {
        using var document = JsonFields.Parse(file);
        var root = document.RootElement;
        if (root.Text("name") is { } name && root.Text("version") is { } version)
        {
            context.Add(new PackageRecord
            {
                Type = "conda",
                Name = name,
                Version = version,
                Kind = ComponentType.Library,
                Licenses = root.Text("license") is { Length: > 0 } license ? [license] : [],
                Origin = root.Text("url"),
            });
        }
        else
        {
            context.AddUnknown("it has no name or no version");
        }
    }
}
