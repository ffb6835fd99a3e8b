using System.Text.Json;
using OssRuntime.Inventory.Contents;

namespace OssRuntime.Inventory.Extractors.Text;

/// <summary>Fields of small JSON documents. What is not there, or is something else than expected, is null.</summary>
internal static class JsonFields
{
    /// <summary>The document of a file.</summary>
    /// <exception cref="JsonException">It is no JSON, or nested too deep.</exception>
    public static JsonDocument Parse(FileContent file)
    {
        var text = file.ReadAll();
        var reader = new Utf8JsonReader(text.StartsWith("\uFEFF"u8) ? text[3..] : text);
        return JsonDocument.ParseValue(ref reader);
    }

    /// <summary>A text field.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A field of any kind.</summary>
    public static JsonElement? Field(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    /// <summary>The items of a field that is a list; none where it is not.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
