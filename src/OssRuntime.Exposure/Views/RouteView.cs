namespace OssRuntime.Exposure.Views;

/// <summary>A route of the Gateway API of any kind: what it is attached to, and the backends that it leads to.</summary>
internal sealed record RouteView(ViewMetadata Metadata, RouteView.RouteSpec? Spec, RouteView.RouteStatus? Status) : IView
{
    /// <summary>The kinds that are read.</summary>
    public static readonly string[] Kinds = ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"];

    /// <summary>All backends that lead to pods, those of mirrors among them; a weight of zero sends nothing.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<BackendReference> Backends => Named.Where(backend => backend.Target is not null);

    /// <summary>The backends of kinds that nobody here knows.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<BackendReference> UnreadBackends => Named.Where(backend => backend.Target is null);

    /// <summary>What it asks to be attached to.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ParentReference[] Parents => Spec?.ParentRefs ?? [];

    /// <summary>True where it asks for the Gateways that are so by default.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool UsesDefaultGateways => Spec?.UseDefaultGateways == "All";

    private IEnumerable<BackendReference> Named =>
        (Spec?.Rules ?? [])
            .SelectMany(rule => (rule.BackendRefs ?? [])
                .Concat((rule.Filters ?? []).Concat((rule.BackendRefs ?? []).SelectMany(backend => backend.Filters ?? []))
                    .Select(filter => filter.RequestMirror?.BackendRef)
                    .OfType<BackendReference>()))
            .Where(backend => backend.Weight != 0 && backend.Name is { Length: > 0 });

    internal sealed record RouteSpec(ParentReference[]? ParentRefs, string[]? Hostnames, RouteRule[]? Rules)
    {
        public string? UseDefaultGateways { get; init; }
    }

    internal sealed record ParentReference(string? Group, string? Kind, string? Namespace, string? Name, string? SectionName, int? Port);

    internal sealed record RouteRule(BackendReference[]? BackendRefs, Filter[]? Filters);

    internal sealed record Filter(Mirror? RequestMirror);

    internal sealed record Mirror(BackendReference? BackendRef);

    internal sealed record BackendReference(string? Group, string? Kind, string? Namespace, string? Name, int? Port, int? Weight, Filter[]? Filters)
    {
        /// <summary>The name among the Services that it leads to; an import of a Service has the Service's own. Null for a kind that nobody here knows.</summary>
        [System.Text.Json.Serialization.JsonIgnore]
        public string? Target => (Group ?? "", Kind ?? "Service") switch
        {
            ("", "Service") or ("multicluster.x-k8s.io" or "net.gke.io", "ServiceImport") => Name,
            ("inference.networking.k8s.io" or "inference.networking.x-k8s.io", "InferencePool") => $"InferencePool/{Name}",
            _ => null,
        };
    }

    internal sealed record RouteStatus(ParentStatus[]? Parents);

    internal sealed record ParentStatus(ParentReference? ParentRef, ViewCondition[]? Conditions, string? ControllerName = null);
}
