using System.Text.Json;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Inventory.Extractors.Zip;
using OssRuntime.Inventory.Paths;

namespace OssRuntime.Inventory.Extractors.Npm;

/// <summary>
/// Packages that Yarn since version 2 runs out of archives (Plug'n'Play): <c>.yarn/cache/NAME-npm-VERSION-HASH.zip</c> in the project, or <c>.yarn/berry/cache</c>
/// in the home directory; each has <c>node_modules/NAME/package.json</c> in it.
/// </summary>
internal sealed class YarnCacheExtractor : IExtractor
{
    private const int LargestManifest = 4 << 20;
    private const int MostManifests = 1000;

    public string Name => "yarn";

    public int Version => 1;

    public long LargestFile => 512 << 20;

    public bool Wants(ReadOnlySpan<byte> path) =>
        path.EndsWith(".zip"u8) && LayerPath.Directory(path) is var directory
        && (directory.EndsWith(".yarn/cache"u8) || directory.EndsWith(".yarn/berry/cache"u8));

    public void Extract(FileContent file, ExtractionContext context)
    {
        var zip = new ZipDirectory(file.Keep(), context.Meter);
        var manifests = zip.Find(NpmPaths.IsInstalledPackage);
        if (manifests.Count == 0)
        {
            context.AddUnknown("it has no package in it");
        }

        foreach (var entry in manifests.Take(MostManifests))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (ZipRecord.Read(zip, entry, LargestManifest, context.AddUnknown) is { Length: > 0 } text)
            {
                Report(text, entry.Name, context);
            }
        }
    }

    private static void Report(byte[] text, string inside, ExtractionContext context)
    {
        var manifest = new NpmManifest();
        var json = new Utf8JsonReader(text, NpmManifest.Lenient);
        try
        {
            manifest.Read(ref json);
        }
        catch (Exception e) when (JsonProblem.IsOne(e))
        {
            context.AddUnknown($"'{inside}': {JsonProblem.Reason(e)}");
        }

        manifest.Finish(context, inside);
    }
}
