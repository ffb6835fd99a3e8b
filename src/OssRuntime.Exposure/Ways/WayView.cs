using System.Collections.Immutable;
using OssRuntime.Exposure.Lists;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Ways;

/// <summary>An object of a kind that <see cref="KnownKinds.Understood"/> names: whom it leads to, and how what comes from outside comes to it.</summary>
internal sealed record WayView(ViewMetadata Metadata, UnderstoodKind Row) : IView
{
    /// <summary>The most backends and includes that are kept of one object.</summary>
    public const int MostNamed = 1_000;

    public ImmutableArray<WayBackend> Backends { get; init; } = [];

    /// <summary>The objects that it hands requests on to: the kind's id, and the name.</summary>
    public ImmutableArray<(string Kind, ObjectKey Key)> Includes { get; init; } = [];

    /// <summary>The Istio Gateways that it names.</summary>
    public ImmutableArray<ObjectKey> Gateways { get; init; } = [];

    public ImmutableArray<string> Hosts { get; init; } = [];

    /// <summary>The addresses that its status tells.</summary>
    public ImmutableArray<string> Addresses { get; init; } = [];

    /// <summary>The host that its status tells; null where it tells none.</summary>
    public string? Domain { get; init; }

    /// <summary>True where it is served by itself, and not only as a part of another.</summary>
    public bool IsRoot { get; init; }

    /// <summary>True where it says that it is for the cluster only.</summary>
    public bool IsLocal { get; init; }

    /// <summary>True where its controller says that it leads nowhere.</summary>
    public bool Refused { get; init; }

    /// <summary>True where it names more than is kept.</summary>
    public bool Cut { get; init; }

    /// <summary>The pods that it chooses itself, or null.</summary>
    public ServiceView? Choice { get; init; }
}
