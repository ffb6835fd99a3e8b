using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Exposure.Pods;

namespace OssRuntime.Operator.Admission;

/// <summary>What the API server asks at admission, down to what an answer needs (<c>admission.k8s.io/v1</c> AdmissionReview).</summary>
internal sealed record AdmissionRequest
{
    /// <summary>Ties the answer to the question.</summary>
    public required string Uid { get; init; }

    /// <summary>The kind of the object.</summary>
    public string Kind { get; init; } = "";

    public string Subresource { get; init; } = "";

    public string Operation { get; init; } = "";

    public string Namespace { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>Who asks, by the server's word.</summary>
    public string User { get; init; } = "";

    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>The user's id and what its authenticator says besides, for whoever authorizes by it.</summary>
    public string UserId { get; init; } = "";

    /// <summary>As <see cref="UserId"/>; undefined where there is none.</summary>
    public JsonElement Extra { get; init; }

    /// <summary>True where nothing may come of the question.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>True where a node shows a pod that it runs from a file of its own: to refuse that hides it and stops nothing.</summary>
    public bool IsMirror { get; init; }

    /// <summary>The object as it shall be; undefined where there is none.</summary>
    public JsonElement Object { get; init; }

    /// <summary>The object as it was; undefined where there is none.</summary>
    public JsonElement OldObject { get; init; }

    /// <summary>The pod that is to run, or the template of pods; null where the object has none.</summary>
    public PodView? Pod { get; init; }

    /// <summary>Why the object could not be read, where it could not: then only who asks and for what is known. Null where it could.</summary>
    public string? Unread { get; init; }

    /// <summary>The images of the pod or template before the change.</summary>
    public ImmutableArray<string> OldImages { get; init; } = [];

    /// <summary>True where a pod is about to run; false for what makes pods later.</summary>
    public bool IsPod => Kind == "Pod";
}
