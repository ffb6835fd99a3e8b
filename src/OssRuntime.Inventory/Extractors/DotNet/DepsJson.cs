using System.Text.Json;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.DotNet;

/// <summary>Reads a deps.json: <c>libraries</c> are packages and projects, <c>targets</c> tell which files each of them brought.</summary>
internal sealed class DepsJson(ExtractionContext context)
{
    private const string RuntimePack = "runtimepack.";

    private readonly List<(string Key, string? Type)> _libraries = [];
    private readonly HashSet<string> _listed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _withFiles = new(StringComparer.Ordinal);

    /// <summary>Hands over the libraries and the names of their files.</summary>
    public static void Report(ReadOnlySpan<byte> text, ExtractionContext context)
    {
        var deps = new DepsJson(context);
        var json = new Utf8JsonReader(text.StartsWith("\uFEFF"u8) ? text[3..] : text);
        try
        {
            deps.Read(ref json);
        }
        catch (Exception e) when (JsonProblem.IsOne(e))
        {
            context.AddUnknown(JsonProblem.Reason(e));
        }

        deps.AddLibraries();
    }

    /// <summary>
    /// A package of which no target has a file for running is not there: analyzers, reference assemblies, packages of nothing but dependencies, and those whose place the
    /// framework's own, newer assembly took.
    /// </summary>
    private void AddLibraries()
    {
        foreach (var (key, type) in _libraries)
        {
            if (type != "package" || !_listed.Contains(key) || _withFiles.Contains(key))
            {
                Add(key, type, context);
            }
        }
    }

    private void Read(ref Utf8JsonReader json)
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
                ReadTargets(ref json);
            }
            else if (isLibraries)
            {
                ReadLibraries(ref json);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private void ReadLibraries(ref Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = json.GetString()!;
            json.Read();
            _libraries.Add((key, TypeOf(ref json)));
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
    private void ReadTargets(ref Utf8JsonReader json)
    {
        const int depthOfGroup = 3;
        const string nothing = "_._";
        var library = "";
        var start = json.CurrentDepth;
        var isAssets = false;
        while (json.Read() && json.CurrentDepth > start)
        {
            var depth = json.CurrentDepth - start;
            if (json.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (depth == depthOfGroup - 1)
            {
                library = json.GetString()!;
                _listed.Add(library);
            }
            else if (depth == depthOfGroup)
            {
                isAssets = json.ValueTextEquals("runtime"u8) || json.ValueTextEquals("native"u8)
                    || json.ValueTextEquals("resources"u8) || json.ValueTextEquals("runtimeTargets"u8);
            }
            else if (depth == depthOfGroup + 1 && isAssets)
            {
                var path = json.GetString()!;
                if (!path.EndsWith(nothing, StringComparison.Ordinal))
                {
                    _withFiles.Add(library);
                }

                context.AddExplained(path[(path.LastIndexOf('/') + 1)..]);
            }
        }
    }
}
