using System.Text.Json.Serialization;

namespace OssRuntime.Kubernetes.Api;

/// <summary>Says who owns an object; when the last owner goes, the object is garbage-collected. Owner and object share a namespace.</summary>
public sealed record OwnerReference
{
    /// <summary>Group and version of the owner.</summary>
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; init; } = "";

    /// <summary>Kind of the owner.</summary>
    [JsonPropertyName("kind")]
    public string Kind { get; init; } = "";

    /// <summary>Name of the owner.</summary>
    [JsonPropertyName("name")]
    public string Name { get; init; } = "";

    /// <summary>Identity of the owner.</summary>
    [JsonPropertyName("uid")]
    public string Uid { get; init; } = "";

    /// <summary>True for the one owner that manages the object.</summary>
    [JsonPropertyName("controller"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Controller { get; init; }

    /// <summary>True if the owner's foreground deletion waits for this object.</summary>
    [JsonPropertyName("blockOwnerDeletion"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? BlockOwnerDeletion { get; init; }
}
