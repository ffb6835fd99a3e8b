using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Lua;

/// <summary>Rocks that LuaRocks installed: <c>luarocks/rocks-5.4/NAME/VERSION/rock_manifest</c>; the way to the file has all that is asked for.</summary>
internal sealed class LuaRocksExtractor : IExtractor
{
    public string Name => "luarocks";

    public int Version => 1;

    public long LargestFile => 64 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => path.EndsWith("/rock_manifest"u8) && path.IndexOf("/luarocks/"u8) >= 0;

    public void Extract(FileContent file, ExtractionContext context)
    {
        var parts = file.Path.Split('/');
        context.Add(new PackageRecord { Type = "luarocks", Name = parts[^3], Version = parts[^2], Kind = ComponentType.Library });
    }
}
