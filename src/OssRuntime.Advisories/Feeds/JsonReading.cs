using System.Buffers.Text;
using System.Text.Json;

namespace OssRuntime.Advisories.Feeds;

/// <summary>Reading steps over a document whose shape is not to be trusted: a value of another kind than expected is skipped whole.</summary>
internal static class JsonReading
{
    /// <summary>Steps into an object; false, with the value skipped, where it is none.</summary>
    public static bool EnterObject(ref Utf8JsonReader json) => Enter(ref json, JsonTokenType.StartObject);

    /// <summary>Steps into an array; false, with the value skipped, where it is none.</summary>
    public static bool EnterArray(ref Utf8JsonReader json) => Enter(ref json, JsonTokenType.StartArray);

    /// <summary>Goes to the next property's name; false at the object's end. A name that cannot be decoded is none that anybody asks for, and passed over.</summary>
    public static bool NextProperty(ref Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (IsSound(ref json))
            {
                return true;
            }

            json.Skip();
        }

        return false;
    }

    /// <summary>The property's name; empty where it cannot be decoded.</summary>
    public static string Name(ref Utf8JsonReader json) => Decode(ref json) ?? "";

    /// <summary>Goes to the next element; false at the array's end.</summary>
    public static bool NextElement(ref Utf8JsonReader json) => json.Read() && json.TokenType != JsonTokenType.EndArray;

    /// <summary>The property's value as text; null where it is no string or longer than <paramref name="longest"/> bytes.</summary>
    public static string? Text(ref Utf8JsonReader json, int longest = int.MaxValue)
    {
        json.Read();
        return Element(ref json, longest);
    }

    /// <summary>The current element as text; null where it is no string or longer than <paramref name="longest"/> bytes.</summary>
    public static string? Element(ref Utf8JsonReader json, int longest = int.MaxValue)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            json.Skip();
            return null;
        }

        return json.ValueSpan.Length <= longest ? Decode(ref json) : null;
    }

    /// <summary>The property's value as an instant; null where it is none.</summary>
    public static DateTimeOffset? Instant(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.String)
        {
            json.Skip();
            return null;
        }

        return IsSound(ref json) && json.TryGetDateTimeOffset(out var instant) ? instant : null;
    }

    /// <summary>The property's value as a number, also where it is written as a string; null where it is neither.</summary>
    public static double? Number(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType is not (JsonTokenType.Number or JsonTokenType.String))
        {
            json.Skip();
            return null;
        }

        return Utf8Parser.TryParse(json.ValueSpan, out double number, out var used) && used == json.ValueSpan.Length ? number : null;
    }

    private static bool Enter(ref Utf8JsonReader json, JsonTokenType start)
    {
        json.Read();
        if (json.TokenType == start)
        {
            return true;
        }

        json.Skip();
        return false;
    }

    /// <summary>The reader looks into escapes only when it compares or converts, and throws then.</summary>
    private static bool IsSound(ref Utf8JsonReader json) => !json.ValueIsEscaped || Decode(ref json) is not null;

    /// <summary>A text with half of a surrogate pair, or that is no UTF-8, cannot be decoded: it is data that is not there.</summary>
    private static string? Decode(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
