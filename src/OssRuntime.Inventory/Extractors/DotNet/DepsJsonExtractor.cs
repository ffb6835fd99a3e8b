using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.DotNet;

/// <summary>
/// What a .NET program consists of: <c>X.deps.json</c> beside it (the runtime's docs/design/features/host-runtime-information.md). The shared frameworks have
/// one too, in a directory that is named after their version.
/// </summary>
internal sealed class DepsJsonExtractor : IExtractor
{
    public string Name => "dotnet-deps";

    public int Version => 2;

    public long LargestFile => 64 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => path.EndsWith(".deps.json"u8);

    public void Extract(FileContent file, ExtractionContext context)
    {
        if (FrameworkOf(file.Path) is var (name, version))
        {
            context.Add(new PackageRecord { Type = "nuget", Name = name, Version = version, Kind = ComponentType.Runtime });
        }

        DepsJson.Report(file.ReadAll(), context);
    }

    /// <summary><c>…/shared/Microsoft.NETCore.App/8.0.1/Microsoft.NETCore.App.deps.json</c></summary>
    private static (string Name, string Version)? FrameworkOf(string path)
    {
        var parts = path.Split('/');
        return parts.Length >= 4 && parts[^4] == "shared" && parts[^1] == $"{parts[^3]}.deps.json" && parts[^2] is [>= '0' and <= '9', ..]
            ? (parts[^3], parts[^2])
            : null;
    }
}
