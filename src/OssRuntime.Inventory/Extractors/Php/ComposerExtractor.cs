using System.Text.Json;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Php;

/// <summary>Packages that Composer installed: <c>vendor/composer/installed.json</c>, a list since version 1, inside an object since version 2.</summary>
internal sealed class ComposerExtractor : IExtractor
{
    public string Name => "composer";

    public int Version => 1;

    public long LargestFile => 64 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => path.EndsWith("/composer/installed.json"u8);

    public void Extract(FileContent file, ExtractionContext context)
    {
        using var document = JsonFields.Parse(file);
        var root = document.RootElement;
        foreach (var package in root.ValueKind == JsonValueKind.Array ? root.EnumerateArray() : root.Items("packages"))
        {
            if (package.Text("name") is not { } name || package.Text("version") is not { } version)
            {
                context.AddUnknown("a package has no name or no version");
                continue;
            }

            context.Add(new PackageRecord
            {
                Type = "composer",
                Name = name,
                Version = version,
                Kind = ComponentType.Library,
                Licenses = [.. package.Items("license").Where(l => l.ValueKind == JsonValueKind.String).Select(l => l.GetString()!)],
                Origin = (package.Field("dist") ?? package.Field("source"))?.Text("url"),
            });
        }
    }
}
