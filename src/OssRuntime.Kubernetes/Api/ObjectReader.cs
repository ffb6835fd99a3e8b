using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OssRuntime.Kubernetes.Api;

// Reads an answer that is one JSON value, of at most the size of an object.
internal static class ObjectReader
{
    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> typeInfo, CancellationToken cancellationToken)
    {
        using var buffer = new ReceiveBuffer(
            await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), ReceiveBuffer.ObjectLimit);
        while (await buffer.FillAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        return JsonSerializer.Deserialize(buffer.Unread.Span, typeInfo) ?? throw new JsonException("the server answered with null");
    }
}
