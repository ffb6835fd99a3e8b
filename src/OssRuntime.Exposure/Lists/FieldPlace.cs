using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace OssRuntime.Exposure.Lists;

/// <summary>
/// A place in an object, written as <c>[Kind:]spec.routes[].services[]{name,port}</c>: the steps to go, <c>[]</c> through each item of a list, <c>*</c> through each
/// member; then the fields of what stands there, <c>field=path</c> where the path has another name, <c>.</c> for the value itself.
/// </summary>
internal sealed class FieldPlace
{
    private readonly ImmutableArray<string> _steps;
    private readonly FrozenDictionary<string, ImmutableArray<string>> _fields;

    private FieldPlace(string kind, ImmutableArray<string> steps, FrozenDictionary<string, ImmutableArray<string>> fields) => (Kind, _steps, _fields) = (kind, steps, fields);

    /// <summary>The kind that the place names objects of; empty for Services.</summary>
    public string Kind { get; }

    /// <summary>Reads one place.</summary>
    /// <exception cref="FormatException">It has no fields in braces.</exception>
    public static FieldPlace Parse(string text)
    {
        var open = text.IndexOf('{', StringComparison.Ordinal);
        if (open < 0 || text[^1] != '}')
        {
            throw new FormatException($"'{text}' names no fields");
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var fields = text[(open + 1)..^1].Split(',').Select(field => field.Split('=')).ToFrozenDictionary(
            pair => pair[0], pair => StepsOf(pair[^1]), StringComparer.Ordinal);
        return new FieldPlace(colon < 0 || colon > open ? "" : text[..colon], StepsOf(text[(colon < 0 || colon > open ? 0 : colon + 1)..open]), fields);
    }

    /// <summary>What stands there.</summary>
    public IEnumerable<JsonElement> In(JsonElement root) => Walk(root, _steps, 0);

    /// <summary>A field of what stands there; the default where there is none.</summary>
    public JsonElement Field(JsonElement item, string name) =>
        _fields.TryGetValue(name, out var steps) ? Walk(item, steps, 0).FirstOrDefault() : default;

    private static ImmutableArray<string> StepsOf(string path) => path is "." or "" ? [] : [.. path.Replace("[]", ".[]", StringComparison.Ordinal).Split('.')];

    private static IEnumerable<JsonElement> Walk(JsonElement item, ImmutableArray<string> steps, int at)
    {
        if (at == steps.Length)
        {
            return [item];
        }

        return (steps[at], item.ValueKind) switch
        {
            ("[]", JsonValueKind.Array) => item.EnumerateArray().SelectMany(next => Walk(next, steps, at + 1)),
            ("*", JsonValueKind.Object) => item.EnumerateObject().SelectMany(next => Walk(next.Value, steps, at + 1)),
            (var name, JsonValueKind.Object) when item.TryGetProperty(name, out var next) => Walk(next, steps, at + 1),
            _ => [],
        };
    }
}
