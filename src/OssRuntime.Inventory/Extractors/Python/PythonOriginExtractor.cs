using System.Text.Json;
using OssRuntime.Inventory.Contents;

namespace OssRuntime.Inventory.Extractors.Python;

/// <summary>Where a distribution was installed from when it did not come from an index: <c>direct_url.json</c> (PEP 610).</summary>
internal sealed class PythonOriginExtractor : IExtractor
{
    public string Name => "python-origin";

    public int Version => 1;

    public long LargestFile => 1 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => PythonPaths.IsDirectUrl(path);

    public void Extract(FileContent file, ExtractionContext context)
    {
        using var document = JsonDocument.Parse(file.ReadAll().ToArray());
        if (document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("url", out var url)
            && url.ValueKind == JsonValueKind.String)
        {
            context.AddOrigin(file.Path[..file.Path.LastIndexOf('/')], url.GetString()!);
        }
        else
        {
            context.AddUnknown("it has no url");
        }
    }
}
