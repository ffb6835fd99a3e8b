using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Runtimes;

/// <summary>Node.js as its own archives and official images install it, by the header they bring: <c>include/node/node_version.h</c>.</summary>
internal sealed class NodeRuntimeExtractor : IExtractor
{
    /// <summary>The extractor's name.</summary>
    public const string Id = "node-runtime";

    public string Name => Id;

    public int Version => 1;

    public long LargestFile => 1 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => path.EndsWith("/include/node/node_version.h"u8);

    public void Extract(FileContent file, ExtractionContext context)
    {
        var header = file.ReadAll();
        var major = HeaderDefine.Find(header, "NODE_MAJOR_VERSION"u8);
        var minor = HeaderDefine.Find(header, "NODE_MINOR_VERSION"u8);
        var patch = HeaderDefine.Find(header, "NODE_PATCH_VERSION"u8);
        if (major is null || minor is null || patch is null)
        {
            context.AddUnknown("it does not define Node's version");
            return;
        }

        context.Add(new PackageRecord { Type = "generic", Name = "node", Version = $"{major}.{minor}.{patch}", Kind = ComponentType.Runtime });
    }
}
