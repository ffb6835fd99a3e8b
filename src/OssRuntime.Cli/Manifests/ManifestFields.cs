using System.Collections.Immutable;
using System.Text.Json;

namespace OssRuntime.Cli.Manifests;

/// <summary>Fields of objects that somebody wrote by hand: one that is missing, or of another type, is nothing.</summary>
internal static class ManifestFields
{
    /// <summary>The value of a field, or an undefined one.</summary>
    public static JsonElement At(this JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) ? value : default;

    /// <summary>The text of a field, or null.</summary>
    public static string? Text(this JsonElement item, string name) => item.At(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>All fields that are texts, such as labels and annotations are.</summary>
    public static ImmutableDictionary<string, string> Texts(this JsonElement item) => item.ValueKind != JsonValueKind.Object
        ? ImmutableDictionary<string, string>.Empty
        : item.EnumerateObject()
            .Where(member => member.Value.ValueKind == JsonValueKind.String)
            .GroupBy(member => member.Name)
            .ToImmutableDictionary(group => group.Key, group => group.Last().Value.GetString()!);
}
