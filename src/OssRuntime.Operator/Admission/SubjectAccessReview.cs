using System.Text.Json;
using System.Text.Json.Serialization;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Operator.Admission;

/// <summary>The question whether somebody may do something (<c>authorization.k8s.io/v1</c>).</summary>
internal sealed record SubjectAccessReview : IResource
{
    public static readonly ResourceKind Resource = new("authorization.k8s.io", "v1", "subjectaccessreviews", "SubjectAccessReview", Namespaced: false);

    public string ApiVersion { get; init; } = Resource.ApiVersion;

    public string Kind { get; init; } = Resource.Kind;

    public Question? Spec { get; init; }

    public Answer? Status { get; init; }

    [JsonIgnore]
    public ObjectKey Key => default;

    [JsonIgnore]
    public string Uid => "";

    [JsonIgnore]
    public string ResourceVersion => "";

    internal sealed record Question(string User, string Uid, string[] Groups, JsonElement? Extra, Attributes? ResourceAttributes, Address? NonResourceAttributes = null);

    internal sealed record Attributes(string? Namespace, string Verb, string Group, string Resource, string Name);

    internal sealed record Address(string Path, string Verb);

    internal sealed record Answer(bool Allowed);
}
