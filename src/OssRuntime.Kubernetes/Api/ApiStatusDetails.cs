using System.Text.Json.Serialization;

namespace OssRuntime.Kubernetes.Api;

/// <summary>The details of a <see cref="ApiStatus"/>.</summary>
public sealed record ApiStatusDetails
{
    /// <summary>Seconds to wait before the next try.</summary>
    [JsonPropertyName("retryAfterSeconds")]
    public int RetryAfterSeconds { get; init; }

    /// <summary>Each single cause.</summary>
    [JsonPropertyName("causes")]
    public IReadOnlyList<ApiStatusCause>? Causes { get; init; }
}
