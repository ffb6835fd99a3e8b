using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OssRuntime.Exposure.Lists;
using OssRuntime.Exposure.Views;

namespace OssRuntime.Exposure.Ways;

/// <summary>Reads the objects of one kind from the wire.</summary>
internal sealed class WayConverter(UnderstoodKind row) : JsonConverter<WayView>
{
    /// <summary>How the kind is read.</summary>
    public static JsonTypeInfo<WayView> For(UnderstoodKind row) => JsonMetadataServices.CreateValueInfo<WayView>(new JsonSerializerOptions { TypeInfoResolver = ViewJson.Default }, new WayConverter(row));

    public override WayView Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return WayReader.Read(document.RootElement, row);
    }

    public override void Write(Utf8JsonWriter writer, WayView value, JsonSerializerOptions options) =>
        throw new NotSupportedException("views are read, never written");
}
