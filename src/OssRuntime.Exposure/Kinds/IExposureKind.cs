using System.Text.Json.Nodes;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;

namespace OssRuntime.Exposure.Kinds;

/// <summary>A kind of objects that exposure is computed from, whichever type they are read into.</summary>
internal interface IExposureKind
{
    /// <summary>The API group; empty for the core group.</summary>
    string Group { get; }

    /// <summary>The name of the kind.</summary>
    string Kind { get; }

    /// <summary>The name by which a graph takes its objects over: that of the kind, with the group where others have the same.</summary>
    string Id { get; }

    /// <summary>The name by which changes are told: <see cref="Id"/>, with what tells it from others that watch the same kind.</summary>
    string WatchId { get; }

    /// <summary>True where its objects are in no namespace.</summary>
    bool IsClusterWide { get; }

    /// <summary>True where no more is asked for than that objects are there, and their names.</summary>
    bool MetadataOnly { get; }

    /// <summary>Where every server has it; null for a kind that some servers do not have, or have in another version.</summary>
    ResourceKind? Resource { get; }

    /// <summary>Reads an object as a manifest or the wire has it.</summary>
    /// <exception cref="System.Text.Json.JsonException">It has not the shape of its kind.</exception>
    IResource Read(JsonNode item);

    /// <summary>Tells the follower of each object there is, and from then on of each change, until the result is disposed.</summary>
    /// <param name="informers">What watches.</param>
    /// <param name="resource">Where the server has the kind.</param>
    /// <param name="follower">Whom to tell.</param>
    IDisposable Follow(InformerRegistry informers, ResourceKind resource, IExposureFollower follower);

    /// <summary>An object as the store shows it now; null where there is no such object.</summary>
    IResource? Find(InformerRegistry informers, ResourceKind resource, ObjectKey key);
}
