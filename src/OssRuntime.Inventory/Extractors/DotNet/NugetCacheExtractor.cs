using System.Text.Json;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.DotNet;

/// <summary>
/// Packages in a folder of NuGet, which images have that build programs: <c>ID/VERSION/.nupkg.metadata</c> tells the feed that each came from.
/// </summary>
internal sealed class NugetCacheExtractor : IExtractor
{
    public string Name => "nuget-cache";

    public int Version => 1;

    public long LargestFile => 1 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => path.EndsWith("/.nupkg.metadata"u8);

    public void Extract(FileContent file, ExtractionContext context)
    {
        var parts = file.Path.Split('/');
        if (parts.Length < 4)
        {
            return;
        }

        string? source = null;
        var json = new Utf8JsonReader(file.ReadAll());
        if (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isSource = json.ValueTextEquals("source"u8);
                json.Read();
                source = isSource && json.TokenType == JsonTokenType.String ? json.GetString() : source;
                json.Skip();
            }
        }

        context.Add(new PackageRecord { Type = "nuget", Name = parts[^3], Version = parts[^2], Kind = ComponentType.Library, Origin = source });
    }
}
