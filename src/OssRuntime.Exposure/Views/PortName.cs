using System.Text.Json;
using System.Text.Json.Serialization;

namespace OssRuntime.Exposure.Views;

/// <summary>A port by number or by name (the API's IntOrString).</summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct PortName(int Number, string? Name)
{
    public override string ToString() => Name ?? Number.ToString();

    internal sealed class Converter : JsonConverter<PortName>
    {
        public override PortName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number
                ? new PortName(reader.GetInt32(), null)
                : reader.GetString() is { Length: > 0 } text
                    ? int.TryParse(text, System.Globalization.NumberStyles.None, null, out var number) ? new PortName(number, null) : new PortName(0, text)
                    : default;

        public override void Write(Utf8JsonWriter writer, PortName value, JsonSerializerOptions options) =>
            throw new NotSupportedException("views are read, never written");
    }
}
