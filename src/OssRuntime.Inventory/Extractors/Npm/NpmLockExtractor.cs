using System.Text.Json;
using OssRuntime.Inventory.Contents;

namespace OssRuntime.Inventory.Extractors.Npm;

/// <summary>
/// Where installed npm packages came from: <c>node_modules/.package-lock.json</c>, which npm writes beside them since version 7. What is
/// installed is told by the packages themselves, so only the origins are taken from it.
/// </summary>
internal sealed class NpmLockExtractor : IExtractor
{
    private const string FileName = "node_modules/.package-lock.json";

    public string Name => "npm-lock";

    public int Version => 1;

    public long LargestFile => 64 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => path.EndsWith("node_modules/.package-lock.json"u8);

    public void Extract(FileContent file, ExtractionContext context)
    {
        var root = file.Path[..^FileName.Length];
        var json = new Utf8JsonReader(file.ReadAll());
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isPackages = json.ValueTextEquals("packages"u8);
            json.Read();
            if (isPackages && json.TokenType == JsonTokenType.StartObject)
            {
                ReadPackages(ref json, root, context);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private static void ReadPackages(ref Utf8JsonReader json, string root, ExtractionContext context)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var path = json.GetString()!;
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isOrigin = json.ValueTextEquals("resolved"u8);
                json.Read();
                if (isOrigin && json.TokenType == JsonTokenType.String)
                {
                    context.AddOrigin(root + path, json.GetString()!);
                }
                else
                {
                    json.Skip();
                }
            }
        }
    }
}
