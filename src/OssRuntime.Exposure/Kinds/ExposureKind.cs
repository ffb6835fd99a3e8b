using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;

namespace OssRuntime.Exposure.Kinds;

/// <summary>A kind whose objects are read into <typeparamref name="T"/>.</summary>
internal sealed class ExposureKind<T>(string group, string kind, JsonTypeInfo<T> typeInfo) : IExposureKind
    where T : class, IResource
{
    /// <summary>A kind that every server has in the same version.</summary>
    public ExposureKind(ResourceKind resource, JsonTypeInfo<T> typeInfo)
        : this(resource.Group, resource.Kind, typeInfo) => Resource = resource;

    public string Group => group;

    public string Kind => kind;

    public ResourceKind? Resource { get; }

    /// <summary>True where kinds of other groups have the same name.</summary>
    public bool HasGroup { get; init; }

    /// <summary>What tells it from others that read objects of the same kind; empty for the only one.</summary>
    public string Variant { get; init; } = "";

    /// <inheritdoc/>
    public bool IsClusterWide { get => field || Resource is { Namespaced: false }; init; }

    /// <inheritdoc/>
    public bool MetadataOnly { get; init; }

    public string WatchId => Variant.Length == 0 ? Id : $"{Id} {Variant}";

    public string Id => HasGroup ? $"{kind}.{group}" : kind;

    /// <summary>Which of its objects are asked for; all by default.</summary>
    public ResourceScope? Scope { get; init; }

    public IResource Read(JsonNode item) => item.Deserialize(typeInfo) ?? throw new JsonException("the object is null");

    public IDisposable Follow(InformerRegistry informers, ResourceKind resource, IExposureFollower follower) =>
        informers.Get(resource, typeInfo, Scope, MetadataOnly).Store.Subscribe(change => follower.Changed(WatchId, change.Key, change.Initial));

    public IResource? Find(InformerRegistry informers, ResourceKind resource, ObjectKey key) => informers.Get(resource, typeInfo, Scope, MetadataOnly).Store.Get(key);
}
