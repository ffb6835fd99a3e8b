using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OssRuntime.Kubernetes.Api;

// Reads one line of a watch: {"type":"ADDED","object":{…}}.
internal static class WatchDecoder
{
    public static WatchEvent<T> Read<T>(ReadOnlySpan<byte> line, bool isCut, JsonTypeInfo<T> typeInfo, string request)
        where T : class, IResource
    {
        var (type, range) = Split(line);
        var value = line[range];
        switch (type)
        {
            case "ADDED":
                return Event(WatchEventType.Added, value, isCut, typeInfo);
            case "MODIFIED":
                return Event(WatchEventType.Modified, value, isCut, typeInfo);
            case "DELETED":
                return Event(WatchEventType.Deleted, value, isCut, typeInfo);
            case "BOOKMARK":
                return new WatchEvent<T>(WatchEventType.Bookmark, null, MetadataReader.ReadVersion(value));
            case "ERROR":
                var status = JsonSerializer.Deserialize(value, ApiJsonContext.Default.ApiStatus);
                throw new ApiException((HttpStatusCode)(status?.Code ?? 0), status, null, request);
            default:
                throw new JsonException($"'{type}' is not an event of a watch");
        }
    }

    private static WatchEvent<T> Event<T>(WatchEventType type, ReadOnlySpan<byte> value, bool isCut, JsonTypeInfo<T> typeInfo)
        where T : class, IResource
    {
        if (isCut)
        {
            return Unread<T>(type, value, LargeObject.Reason);
        }

        try
        {
            var item = JsonSerializer.Deserialize(value, typeInfo) ?? throw new JsonException("the object is null");
            return new WatchEvent<T>(type, item, item.ResourceVersion);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or NotSupportedException)
        {
            return Unread<T>(type, value, exception.Message);
        }
    }

    // One object that cannot be read is no reason to know nothing of the others. Which one it is has to be known: else something would be missed without a word.
    private static WatchEvent<T> Unread<T>(WatchEventType type, ReadOnlySpan<byte> value, string reason)
        where T : class, IResource =>
        MetadataReader.TryReadKey(value) is { } key
            ? new(type, null, MetadataReader.TryReadVersion(value)) { Undecodable = new UndecodableObject(key, reason) }
            : throw new JsonException($"an object without a name does not fit its type: {reason}");

    private static (string? Type, Range Value) Split(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, LargeObject.Depth);
        string? type = null;
        var value = Range.EndAt(0);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("a line of a watch is not an object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isObject = reader.ValueTextEquals("object"u8);
            reader.Read();
            if (isType)
            {
                type = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }

            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isObject)
            {
                value = start..(int)reader.BytesConsumed;
            }
        }

        return (type, value);
    }
}
