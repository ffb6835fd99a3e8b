using System.Text.Json;
using OssRuntime.Model.Packages;

namespace OssRuntime.Cli.Output;

/// <summary>What the documented JSON has in many places: fields that are left away where there is nothing to say, arrays of any length, locations.</summary>
internal static class JsonFields
{
    private const int MostPending = 64 << 10;

    public static void WriteArray<T>(this Utf8JsonWriter json, string name, IReadOnlyCollection<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(json, item);
            if (json.BytesPending > MostPending)
            {
                // Else the writer holds the whole target, and copies it each time that its buffer grows.
                json.Flush();
            }
        }

        json.WriteEndArray();
    }

    public static void WriteOptional(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    public static void WriteOptional(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    public static void WriteLocation(this Utf8JsonWriter json, ComponentLocation location)
    {
        json.WriteStartObject("location");
        json.WriteOptional("layer", location.Layer?.Value);
        json.WriteString("path", location.Path);
        json.WriteEndObject();
    }
}
