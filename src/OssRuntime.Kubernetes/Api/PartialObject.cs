using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace OssRuntime.Kubernetes.Api;

/// <summary>
/// Any object's type and metadata, nothing else. With a client that asks for metadata only (<see cref="ResourceClient{T}.MetadataOnly"/>),
/// the server sends no more than this, for every kind it serves.
/// </summary>
public sealed record PartialObject : IResource
{
    /// <summary>How the type is read and written.</summary>
    public static JsonTypeInfo<PartialObject> TypeInfo => ApiJsonContext.Default.PartialObject;

    /// <summary>Metadata.</summary>
    [JsonPropertyName("metadata")]
    public ObjectMeta Metadata { get; init; } = new();

    /// <inheritdoc/>
    [JsonIgnore]
    public ObjectKey Key => Metadata.Key;

    /// <inheritdoc/>
    [JsonIgnore]
    public string Uid => Metadata.Uid ?? "";

    /// <inheritdoc/>
    [JsonIgnore]
    public string ResourceVersion => Metadata.ResourceVersion ?? "";
}
