using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OssRuntime.Kubernetes.Api;

/// <summary>A <c>MicroTime</c>: UTC with exactly six digits after the second (apimachinery meta/v1/micro_time.go reads no other form).</summary>
internal sealed class MicroTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
}
