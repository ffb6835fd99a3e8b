using System.Text.Json.Serialization;

namespace OssRuntime.Kubernetes.Api;

/// <summary>One cause of a refusal.</summary>
public sealed record ApiStatusCause
{
    /// <summary>One word for programs.</summary>
    [JsonPropertyName("reason")]
    public string? Reason { get; init; }

    /// <summary>A sentence for people.</summary>
    [JsonPropertyName("message")]
    public string? Message { get; init; }

    /// <summary>The field that is at fault.</summary>
    [JsonPropertyName("field")]
    public string? Field { get; init; }
}
