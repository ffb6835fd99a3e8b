namespace OssRuntime.Exposure.Views;

/// <summary>A Gateway of the Gateway API: where traffic comes in, and which routes may attach.</summary>
internal sealed record GatewayView(ViewMetadata Metadata, GatewayView.GatewaySpec? Spec, GatewayView.GatewayStatus? Status) : IView
{
    public const string Group = "gateway.networking.k8s.io";
    public const string Kind = "Gateway";

    /// <summary>The kinds of sets of listeners that belong to a Gateway.</summary>
    public static readonly (string Group, string Kind)[] ListenerSets = [(Group, "ListenerSet"), ("gateway.networking.x-k8s.io", "XListenerSet")];

    /// <summary>True where routes without a parent may ask for it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsDefault => Spec?.DefaultScope == "All";

    internal sealed record GatewaySpec(string? GatewayClassName, Listener[]? Listeners, GatewayInfrastructure? Infrastructure)
    {
        /// <summary>The addresses that it asks for.</summary>
        public GatewayAddress[]? Addresses { get; init; }

        /// <summary><c>All</c> where routes without a parent may ask for it.</summary>
        public string? DefaultScope { get; init; }

        /// <summary>Which sets of listeners may belong to it.</summary>
        public AllowedRoutes? AllowedListeners { get; init; }

        /// <summary>Of a set of listeners the Gateway that it belongs to.</summary>
        public RouteView.ParentReference? ParentRef { get; init; }
    }

    internal sealed record GatewayInfrastructure(
        [property: System.Text.Json.Serialization.JsonConverter(typeof(KeptAnnotations))] IReadOnlyDictionary<string, string>? Annotations);

    internal sealed record Listener(string? Name, int Port, string? Protocol, string? Hostname, AllowedRoutes? AllowedRoutes);

    internal sealed record AllowedRoutes(RouteNamespaces? Namespaces, RouteGroupKind[]? Kinds);

    internal sealed record RouteNamespaces(string? From, LabelSelector? Selector);

    internal sealed record RouteGroupKind(string? Group, string? Kind);

    internal sealed record GatewayStatus(GatewayAddress[]? Addresses, ViewCondition[]? Conditions);

    internal sealed record GatewayAddress(string? Type, string? Value);
}
