namespace OssRuntime.Exposure.Views;

/// <summary>A ReferenceGrant: who in other namespaces may refer to what is in this one.</summary>
internal sealed record ReferenceGrantView(ViewMetadata Metadata, ReferenceGrantView.GrantSpec? Spec) : IView
{
    public const string Kind = "ReferenceGrant";

    /// <summary>True where a route of the kind and namespace may lead to the Service.</summary>
    public bool Allows(string routeKind, string? routeNamespace, string service) =>
        Array.Exists(Spec?.From ?? [], from => from.Group == GatewayView.Group && from.Kind == routeKind && from.Namespace == routeNamespace)
        && Array.Exists(Spec?.To ?? [], to => to.Kind is "Service" or "ServiceImport" or "InferencePool" && (to.Name is null or "" || to.Name == service[(service.IndexOf('/', StringComparison.Ordinal) + 1)..]));

    internal sealed record GrantSpec(From[]? From, To[]? To);

    internal sealed record From(string? Group, string? Kind, string? Namespace);

    internal sealed record To(string? Group, string? Kind, string? Name);
}
