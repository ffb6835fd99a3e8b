using System.Text.Json.Serialization;

namespace OssRuntime.Kubernetes.Api;

/// <summary>
/// The part of an object's metadata that controllers use. <c>managedFields</c> and the rest are not decoded, and so not kept.
/// The names are fixed by attributes: any serializer context may use this type.
/// </summary>
public sealed record ObjectMeta
{
    /// <summary>Name, unique among the objects of the kind in the namespace.</summary>
    [JsonPropertyName("name")]
    public string Name { get; init; } = "";

    /// <summary>Namespace; null for cluster-scoped objects.</summary>
    [JsonPropertyName("namespace"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Namespace { get; init; }

    /// <summary>Identity, given by the server.</summary>
    [JsonPropertyName("uid"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Uid { get; init; }

    /// <summary>Version of this state, given by the server; opaque.</summary>
    [JsonPropertyName("resourceVersion"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ResourceVersion { get; init; }

    /// <summary>Counts the changes of what is wished (spec), not of status or metadata.</summary>
    [JsonPropertyName("generation"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Generation { get; init; }

    /// <summary>When the server created the object.</summary>
    [JsonPropertyName("creationTimestamp"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? CreationTimestamp { get; init; }

    /// <summary>Set once the object is to be deleted and finalizers or a grace period hold it.</summary>
    [JsonPropertyName("deletionTimestamp"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <summary>Labels; null if there are none.</summary>
    [JsonPropertyName("labels"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Annotations; null if there are none.</summary>
    [JsonPropertyName("annotations"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>Owners; null if there are none.</summary>
    [JsonPropertyName("ownerReferences"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OwnerReference>? OwnerReferences { get; init; }

    /// <summary>Finalizers that hold the object's deletion; null if there are none.</summary>
    [JsonPropertyName("finalizers"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Finalizers { get; init; }

    /// <summary>Namespace and name.</summary>
    [JsonIgnore]
    public ObjectKey Key => new(Namespace, Name);

    /// <summary>The one owner that manages the object, or null.</summary>
    [JsonIgnore]
    public OwnerReference? ControllerOwner => OwnerReferences?.FirstOrDefault(owner => owner.Controller == true);

    /// <summary>The annotation's value, or null.</summary>
    public string? Annotation(string name) => Annotations?.GetValueOrDefault(name);

    /// <summary>The label's value, or null.</summary>
    public string? Label(string name) => Labels?.GetValueOrDefault(name);
}
