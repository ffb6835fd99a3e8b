using System.Text.Json;
using System.Text.Json.Serialization;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Operator.Hosting;

/// <summary>The question whose a bearer token is (<c>authentication.k8s.io/v1</c>).</summary>
internal sealed record TokenReview : IResource
{
    public static readonly ResourceKind Resource = new("authentication.k8s.io", "v1", "tokenreviews", "TokenReview", Namespaced: false);

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

    // Records print their members; a token must not end up in a log that way.
    public override string ToString() => "TokenReview";

    internal sealed record Question(string Token);

    internal sealed record Answer(bool Authenticated, Bearer? User);

    internal sealed record Bearer(string? Username, string? Uid, string[]? Groups, JsonElement? Extra);
}
