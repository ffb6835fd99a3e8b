using System.Text.Json;

namespace OssRuntime.Kubernetes.Api;

// Reads metadata out of an object that is not decoded otherwise: a bookmark, or one that does not fit its type.
internal static class MetadataReader
{
    public static ObjectKey? TryReadKey(ReadOnlySpan<byte> value)
    {
        try
        {
            return JsonSerializer.Deserialize(value, ApiJsonContext.Default.PartialObject)?.Key is { Name.Length: > 0 } key ? key : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string ReadVersion(ReadOnlySpan<byte> value) =>
        JsonSerializer.Deserialize(value, ApiJsonContext.Default.PartialObject)?.ResourceVersion is { Length: > 0 } version
            ? version
            : throw new JsonException("a bookmark without a version");
}
