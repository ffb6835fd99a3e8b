using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Swift;

/// <summary>Packages of a Swift program: <c>Package.resolved</c>, whose list of pins moved out of an object in its second version.</summary>
internal sealed class PackageResolvedExtractor : IExtractor
{
    public string Name => "swift";

    public int Version => 1;

    public long LargestFile => 16 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => path.EndsWith("Package.resolved"u8);

    public void Extract(FileContent file, ExtractionContext context)
    {
        using var document = JsonFields.Parse(file);
        var list = document.RootElement.Field("object") ?? document.RootElement;
        foreach (var pin in list.Items("pins"))
        {
            var location = pin.Text("location") ?? pin.Text("repositoryURL");
            var version = pin.Field("state")?.Text("version");
            if (location is null || version is null || !Uri.TryCreate(location, UriKind.Absolute, out var url))
            {
                context.AddUnknown($"'{pin.Text("identity") ?? pin.Text("package")}' is pinned to no version");
                continue;
            }

            var path = url.AbsolutePath.Trim('/');
            context.Add(new PackageRecord
            {
                Type = "swift",
                Name = $"{url.Host}/{(path.EndsWith(".git", StringComparison.Ordinal) ? path[..^4] : path)}",
                Version = version,
                Kind = ComponentType.Library,
                Origin = location,
            });
        }
    }
}
