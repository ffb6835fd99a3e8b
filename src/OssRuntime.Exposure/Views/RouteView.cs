namespace OssRuntime.Exposure.Views;

/// <summary>A route of the Gateway API of any kind: what it is attached to, and the backends that it leads to.</summary>
internal sealed record RouteView(ViewMetadata Metadata, RouteView.RouteSpec? Spec, RouteView.RouteStatus? Status) : IView
{
    /// <summary>The kinds that are read.</summary>
    public static readonly string[] Kinds = ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute"];

    /// <summary>All backends, those of mirrors among them; a weight of zero sends nothing.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<BackendReference> Backends =>
        (Spec?.Rules ?? [])
            .SelectMany(rule => (rule.BackendRefs ?? [])
                .Concat((rule.Filters ?? []).Concat((rule.BackendRefs ?? []).SelectMany(backend => backend.Filters ?? []))
                    .Select(filter => filter.RequestMirror?.BackendRef)
                    .OfType<BackendReference>()))
            .Where(backend => backend.Weight != 0 && backend.Group is null or "" && backend.Kind is null or "Service" && backend.Name is { Length: > 0 });

    /// <summary>What it asks to be attached to.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ParentReference[] Parents => Spec?.ParentRefs ?? [];

    internal sealed record RouteSpec(ParentReference[]? ParentRefs, string[]? Hostnames, RouteRule[]? Rules);

    internal sealed record ParentReference(string? Group, string? Kind, string? Namespace, string? Name, string? SectionName, int? Port);

    internal sealed record RouteRule(BackendReference[]? BackendRefs, Filter[]? Filters);

    internal sealed record Filter(Mirror? RequestMirror);

    internal sealed record Mirror(BackendReference? BackendRef);

    internal sealed record BackendReference(string? Group, string? Kind, string? Namespace, string? Name, int? Port, int? Weight, Filter[]? Filters);

    internal sealed record RouteStatus(ParentStatus[]? Parents);

    internal sealed record ParentStatus(ParentReference? ParentRef, ViewCondition[]? Conditions);
}
