using System.Text.Json;

namespace OssRuntime.Advisories.Feeds;

/// <summary>Steps over a document whose shape is not to be trusted: a value of another kind than expected is one that is not there.</summary>
internal static class JsonElementReading
{
    /// <summary>A property; undefined where there is none, or no object.</summary>
    public static JsonElement At(this JsonElement json, string name)
    {
        try
        {
            return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;
        }
        catch (InvalidOperationException)
        {
            // On the way to it lies a name that cannot be decoded.
            return json.Properties().LastOrDefault(property => property.Name == name).Value;
        }
    }

    /// <summary>A property that is text; null where it is none.</summary>
    public static string? Text(this JsonElement json, string name) => json.At(name).Text();

    /// <summary>An element that is text; null where it is none, or cannot be decoded.</summary>
    public static string? Text(this JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The elements of a property that is an array; none where it is none.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement json, string name) =>
        json.At(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>The texts of a property that is an array of texts.</summary>
    public static IEnumerable<string> Texts(this JsonElement json, string name) => json.Items(name).Select(item => item.Text()).OfType<string>();

    /// <summary>The properties of an element that is an object, but for those with names that cannot be decoded; none where it is none.</summary>
    public static IEnumerable<JsonProperty> Properties(this JsonElement json) => json.ValueKind == JsonValueKind.Object ? json.EnumerateObject().Where(HasName) : [];

    /// <summary>A property that is an instant; null where it is none.</summary>
    public static DateTimeOffset? Instant(this JsonElement json, string name) =>
        json.At(name) is { ValueKind: JsonValueKind.String } value && value.Text() is not null && value.TryGetDateTimeOffset(out var instant) ? instant : null;

    /// <summary>A property that is a day; null where it is none.</summary>
    public static DateOnly? Day(this JsonElement json, string name) =>
        DateOnly.TryParseExact(json.Text(name), "yyyy-MM-dd", out var day) ? day : null;

    private static bool HasName(JsonProperty property)
    {
        try
        {
            return property.Name is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
