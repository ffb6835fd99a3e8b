using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Packages;
using OssRuntime.Inventory.Paths;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Runtimes;

/// <summary>CPython as <c>make install</c> and official images install it, by <c>include/pythonX.Y/patchlevel.h</c>.</summary>
internal sealed class PythonRuntimeExtractor : IExtractor
{
    /// <summary>The extractor's name.</summary>
    public const string Id = "python-runtime";

    public string Name => Id;

    public int Version => 1;

    public long LargestFile => 1 << 20;

    public bool Wants(ReadOnlySpan<byte> path) =>
        path.EndsWith("/patchlevel.h"u8) && LayerPath.FileName(LayerPath.Directory(path)).StartsWith("python"u8);

    public void Extract(FileContent file, ExtractionContext context)
    {
        if (HeaderDefine.Find(file.ReadAll(), "PY_VERSION"u8) is { } version)
        {
            // A plus sign marks a checkout between two releases.
            context.Add(new PackageRecord { Type = "generic", Name = "python", Version = version.TrimEnd('+'), Kind = ComponentType.Runtime });
        }
        else
        {
            context.AddUnknown("it does not define Python's version");
        }
    }
}
