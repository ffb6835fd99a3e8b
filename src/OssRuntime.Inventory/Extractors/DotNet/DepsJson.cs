using System.Text.Json;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.DotNet;

/// <summary>Reads a deps.json: <c>libraries</c> are packages and projects, <c>targets</c> tell which files each of them brought.</summary>
internal static class DepsJson
{
    private const string RuntimePack = "runtimepack.";

    /// <summary>Hands over the libraries and the names of their files.</summary>
    public static void Report(ReadOnlySpan<byte> text, ExtractionContext context)
    {
        var json = new Utf8JsonReader(text.StartsWith("\uFEFF"u8) ? text[3..] : text);
        try
        {
            Read(ref json, context);
        }
        catch (Exception e) when (JsonProblem.IsOne(e))
        {
            context.AddUnknown(JsonProblem.Reason(e));
        }
    }

    private static void Read(ref Utf8JsonReader json, ExtractionContext context)
    {
        json.Read();
        while (json.TokenType != JsonTokenType.None && json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isTargets, isLibraries) = (json.ValueTextEquals("targets"u8), json.ValueTextEquals("libraries"u8));
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
            }
            else if (isTargets)
            {
                ReadTargets(ref json, context);
            }
            else if (isLibraries)
            {
                ReadLibraries(ref json, context);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private static void ReadLibraries(ref Utf8JsonReader json, ExtractionContext context)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = json.GetString()!;
            json.Read();
            Add(key, TypeOf(ref json), context);
        }
    }

    /// <summary>The type of a library, whose object is read to its end.</summary>
    private static string? TypeOf(ref Utf8JsonReader json)
    {
        string? type = null;
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return null;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isType = json.ValueTextEquals("type"u8);
            json.Read();
            type = isType && json.TokenType == JsonTokenType.String ? json.GetString() : type;
            json.Skip();
        }

        return type;
    }

    private static void Add(string key, string? type, ExtractionContext context)
    {
        var slash = key.LastIndexOf('/');
        if (slash < 1)
        {
            context.AddUnknown($"library '{key}' has no version");
            return;
        }

        var (name, version) = (key[..slash], key[(slash + 1)..]);
        var isPack = name.StartsWith(RuntimePack, StringComparison.Ordinal);
        ComponentType? kind = type switch
        {
            "package" => ComponentType.Library,
            "runtimepack" => ComponentType.Runtime,
            "project" => ComponentType.Application,
            _ => null,
        };
        if (kind is { } known)
        {
            context.Add(new PackageRecord { Type = "nuget", Name = isPack ? name[RuntimePack.Length..] : name, Version = version, Kind = known });
        }
    }

    /// <summary>Targets have libraries, libraries have groups of assets, and those are named by their path.</summary>
    private static void ReadTargets(ref Utf8JsonReader json, ExtractionContext context)
    {
        const int depthOfGroup = 3;
        var start = json.CurrentDepth;
        var isAssets = false;
        while (json.Read() && json.CurrentDepth > start)
        {
            var depth = json.CurrentDepth - start;
            if (json.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (depth == depthOfGroup)
            {
                isAssets = json.ValueTextEquals("runtime"u8) || json.ValueTextEquals("native"u8)
                    || json.ValueTextEquals("resources"u8) || json.ValueTextEquals("runtimeTargets"u8);
            }
            else if (depth == depthOfGroup + 1 && isAssets)
            {
                var path = json.GetString()!;
                context.AddExplained(path[(path.LastIndexOf('/') + 1)..]);
            }
        }
    }
}
