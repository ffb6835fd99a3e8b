using System.Text.Json;

namespace OssRuntime.Exposure.Views;

/// <summary>Goes through an object of unknown shape: what is not there is undefined, and nothing throws.</summary>
internal static class ElementParts
{
    /// <summary>The member, or undefined.</summary>
    public static JsonElement At(this JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var member) ? member : default;

    /// <summary>The items of a list; none of anything else.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement item) => item.ValueKind == JsonValueKind.Array ? item.EnumerateArray() : [];

    /// <summary>The text, or null.</summary>
    public static string? Text(this JsonElement item) => item.ValueKind == JsonValueKind.String ? item.GetString() : null;
}
