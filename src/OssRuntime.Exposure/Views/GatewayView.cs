namespace OssRuntime.Exposure.Views;

/// <summary>A Gateway of the Gateway API: where traffic comes in, and which routes may attach.</summary>
internal sealed record GatewayView(ViewMetadata Metadata, GatewayView.GatewaySpec? Spec, GatewayView.GatewayStatus? Status) : IView
{
    public const string Group = "gateway.networking.k8s.io";
    public const string Kind = "Gateway";

    internal sealed record GatewaySpec(string? GatewayClassName, Listener[]? Listeners, GatewayInfrastructure? Infrastructure);

    internal sealed record GatewayInfrastructure(
        [property: System.Text.Json.Serialization.JsonConverter(typeof(KeptAnnotations))] IReadOnlyDictionary<string, string>? Annotations);

    internal sealed record Listener(string? Name, int Port, string? Protocol, string? Hostname, AllowedRoutes? AllowedRoutes);

    internal sealed record AllowedRoutes(RouteNamespaces? Namespaces, RouteGroupKind[]? Kinds);

    internal sealed record RouteNamespaces(string? From, LabelSelector? Selector);

    internal sealed record RouteGroupKind(string? Group, string? Kind);

    internal sealed record GatewayStatus(GatewayAddress[]? Addresses, ViewCondition[]? Conditions);

    internal sealed record GatewayAddress(string? Type, string? Value);
}
