using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Views;

/// <summary>
/// The endpoints of a Service that has no selector. Those of the others are written by the server's own controller from the selector, and are
/// not asked for: <see cref="Scope"/>.
/// </summary>
internal sealed record EndpointSliceView(ObjectMeta Metadata, EndpointSliceView.Endpoint[]? Endpoints, EndpointSliceView.SlicePort[]? Ports) : IResource
{
    public const string Group = "discovery.k8s.io";
    public const string Kind = "EndpointSlice";

    private const string WriterLabel = "endpointslice.kubernetes.io/managed-by";
    private const string ServersWriter = "endpointslice-controller.k8s.io";
    private const string ServiceLabel = "kubernetes.io/service-name";

    public static readonly ResourceScope Scope = new() { LabelSelector = $"{WriterLabel}!={ServersWriter},{ServiceLabel}" };

    [System.Text.Json.Serialization.JsonIgnore]
    public ObjectKey Key => Metadata.Key;

    [System.Text.Json.Serialization.JsonIgnore]
    public string Uid => Metadata.Uid ?? "";

    [System.Text.Json.Serialization.JsonIgnore]
    public string ResourceVersion => Metadata.ResourceVersion ?? "";

    /// <summary>The Service it belongs to.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ObjectKey Service => new(Metadata.Namespace, Metadata.Label(ServiceLabel) ?? "");

    /// <summary>True for one that <see cref="Scope"/> covers, wherever it was read.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsMeant => Metadata.Label(WriterLabel) != ServersWriter && Service.Name.Length > 0;

    internal sealed record Endpoint(string[]? Addresses, EndpointTarget? TargetRef);

    internal sealed record EndpointTarget(string? Kind, string? Name, string? Namespace);

    internal sealed record SlicePort(string? Name, [property: System.Text.Json.Serialization.JsonPropertyName("port")] int? Number, string? Protocol);
}
