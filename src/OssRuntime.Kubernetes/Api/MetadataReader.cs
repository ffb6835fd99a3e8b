using System.Text.Json;

namespace OssRuntime.Kubernetes.Api;

// Reads metadata out of an object that is not decoded otherwise: a bookmark, or one that does not fit its type.
internal static class MetadataReader
{
    public static ObjectKey? TryReadKey(ReadOnlySpan<byte> value)
    {
        try
        {
            return Read(value)?.Key is { Name.Length: > 0 } key ? key : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    public static string TryReadVersion(ReadOnlySpan<byte> value)
    {
        try
        {
            return Read(value)?.ResourceVersion ?? "";
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            return "";
        }
    }

    public static string ReadVersion(ReadOnlySpan<byte> value) =>
        JsonSerializer.Deserialize(value, ApiJsonContext.Default.PartialObject)?.ResourceVersion is { Length: > 0 } version
            ? version
            : throw new JsonException("a bookmark without a version");

    // Whatever else is in it: too deep, or of another type.
    private static PartialObject? Read(ReadOnlySpan<byte> value)
    {
        var sieve = new JsonSieve(LargeObject.Plan, LargeObject.Kept);
        sieve.Write(value);
        return JsonSerializer.Deserialize(sieve.Document.Span, ApiJsonContext.Default.PartialObject);
    }
}
