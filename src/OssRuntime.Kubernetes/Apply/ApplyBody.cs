using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Kubernetes.Apply;

/// <summary>
/// The document of an apply, with the hash of itself inside. The hash is taken while its own place holds zeros, and then put there: so one
/// pass makes the document, and everything in it is under the hash.
/// </summary>
internal sealed class ApplyBody
{
    // 128 bits: nobody attacks this hash, and one stays in memory for each object.
    private const int HashLength = 32;
    private static readonly string Zeros = new('0', HashLength);

    private ApplyBody(ArrayBufferWriter<byte> buffer, int hashAt)
    {
        var bytes = buffer.WrittenSpan.ToArray();
        Hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..HashLength];
        System.Text.Encoding.ASCII.GetBytes(Hash, bytes.AsSpan(hashAt));
        Bytes = bytes;
    }

    public byte[] Bytes { get; }

    public string Hash { get; }

    public static ApplyBody Object<TBody>(ResourceKind kind, Desired<TBody> desired, JsonTypeInfo<TBody> bodyInfo, string hashAnnotation)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer);
        Begin(writer, kind, desired.Key);
        WriteMap(writer, "labels", desired.Labels);
        writer.WriteStartObject("annotations");
        foreach (var (name, value) in (desired.Annotations ?? new Dictionary<string, string>()).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WriteString(name, value);
        }

        var hashAt = WriteHash(writer, hashAnnotation);
        writer.WriteEndObject();
        if (desired.Owners is { Count: > 0 } owners)
        {
            writer.WritePropertyName("ownerReferences");
            JsonSerializer.Serialize(writer, [.. owners], ApiJsonContext.Default.OwnerReferenceArray);
        }

        writer.WriteEndObject();
        CopyMembers(writer, JsonSerializer.SerializeToUtf8Bytes(desired.Body, bodyInfo), ["apiVersion", "kind", "metadata", "status"]);
        writer.WriteEndObject();
        writer.Flush();
        return new ApplyBody(buffer, hashAt);
    }

    public static ApplyBody Status<TStatus>(ResourceKind kind, ObjectKey key, TStatus status, JsonTypeInfo<TStatus> statusInfo, string hashField)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer);
        Begin(writer, kind, key);
        writer.WriteEndObject();
        writer.WriteStartObject("status");
        CopyMembers(writer, JsonSerializer.SerializeToUtf8Bytes(status, statusInfo), [hashField]);
        var hashAt = WriteHash(writer, hashField);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return new ApplyBody(buffer, hashAt);
    }

    private static void Begin(Utf8JsonWriter writer, ResourceKind kind, ObjectKey key)
    {
        writer.WriteStartObject();
        writer.WriteString("apiVersion", kind.ApiVersion);
        writer.WriteString("kind", kind.Kind);
        writer.WriteStartObject("metadata");
        writer.WriteString("name", key.Name);
        if (key.Namespace is not null)
        {
            writer.WriteString("namespace", key.Namespace);
        }
    }

    private static int WriteHash(Utf8JsonWriter writer, string name)
    {
        writer.WriteString(name, Zeros);
        return (int)(writer.BytesCommitted + writer.BytesPending) - HashLength - 1;
    }

    private static void WriteMap(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, string>? map)
    {
        if (map is not { Count: > 0 })
        {
            return;
        }

        writer.WriteStartObject(name);
        foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }

    private static void CopyMembers(Utf8JsonWriter writer, ReadOnlySpan<byte> json, ReadOnlySpan<string> except)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ArgumentException("what is applied must serialize to a JSON object", nameof(json));
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!except.Contains(name))
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(json[start..(int)reader.BytesConsumed], skipInputValidation: true);
            }
        }
    }
}
