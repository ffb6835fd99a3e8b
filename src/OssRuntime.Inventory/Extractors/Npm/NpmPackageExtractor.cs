using System.Text.Json;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Text;

namespace OssRuntime.Inventory.Extractors.Npm;

/// <summary>Installed npm packages, by the package.json that npm, yarn and pnpm leave in <c>node_modules</c>.</summary>
internal sealed class NpmPackageExtractor : IExtractor
{
    public string Name => "npm";

    public int Version => 1;

    public long LargestFile => 16 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => NpmPaths.IsInstalledPackage(path);

    public void Extract(FileContent file, ExtractionContext context)
    {
        var text = file.ReadAll();
        if (text.StartsWith("\uFEFF"u8))
        {
            text = text[3..];
        }

        var manifest = new NpmManifest();
        var json = new Utf8JsonReader(text, NpmManifest.Lenient);
        try
        {
            manifest.Read(ref json);
        }
        catch (Exception e) when (JsonProblem.IsOne(e))
        {
            // What stood before the broken place may be all that is needed, and what is broken is said in any case.
            context.AddUnknown(JsonProblem.Reason(e));
        }

        manifest.Finish(context);
    }
}
