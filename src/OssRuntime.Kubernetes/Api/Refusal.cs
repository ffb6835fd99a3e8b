using System.Text.Json;

namespace OssRuntime.Kubernetes.Api;

// Turns an answer that is not 2xx into an ApiException, reading no more of it than a Status needs.
internal static class Refusal
{
    // A Status is a few hundred bytes; a schema violation of a large object names each field. The rest of a proxy's error page is of no use.
    private const int MaximumBytes = 256 * 1024;

    public static async Task<ApiException> ReadAsync(
        HttpResponseMessage response, string request, TimeProvider time, CancellationToken cancellationToken)
    {
        var retryAfter = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => Later(date - time.GetUtcNow()),
            _ => (TimeSpan?)null,
        };
        return new ApiException(response.StatusCode, await ReadStatusAsync(response, cancellationToken).ConfigureAwait(false), retryAfter, request);
    }

    private static async Task<ApiStatus?> ReadStatusAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            using var buffer = new ReceiveBuffer(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), MaximumBytes);
            while (await buffer.FillAsync(cancellationToken).ConfigureAwait(false))
            {
            }

            return JsonSerializer.Deserialize(buffer.Unread.Span, ApiJsonContext.Default.ApiStatus);
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or IOException or HttpRequestException)
        {
            // The code alone must do: the answer is not the API server's, it was cut, or it has no end.
            return null;
        }
    }

    private static TimeSpan Later(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;
}
