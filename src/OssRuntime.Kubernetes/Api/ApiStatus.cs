using System.Text.Json.Serialization;

namespace OssRuntime.Kubernetes.Api;

/// <summary>The <c>Status</c> object by which the server says why it refused.</summary>
public sealed record ApiStatus
{
    /// <summary>HTTP status code; 0 if the server gave none.</summary>
    [JsonPropertyName("code")]
    public int Code { get; init; }

    /// <summary>One word for programs, such as <c>NotFound</c>.</summary>
    [JsonPropertyName("reason")]
    public string? Reason { get; init; }

    /// <summary>A sentence for people.</summary>
    [JsonPropertyName("message")]
    public string? Message { get; init; }

    /// <summary>What exactly was wrong.</summary>
    [JsonPropertyName("details")]
    public ApiStatusDetails? Details { get; init; }
}
