using OssRuntime.Exposure.Views;

namespace OssRuntime.Exposure.Graph;

/// <summary>Which routes a Gateway takes on (Gateway API, "Attaching Routes to Gateways" and "Cross namespace routing").</summary>
internal static class GatewayRules
{
    /// <summary>True where a listener that the route asks for takes it, and the Gateway has not said no.</summary>
    public static bool Attaches(
        GatewayView gateway, RouteView route, string kind, RouteView.ParentReference parent, Func<string?, LabelSet> labelsOf) =>
        !Rejected(route, parent)
        && Array.Exists(gateway.Spec?.Listeners ?? [], listener =>
            (parent.SectionName is null || parent.SectionName == listener.Name)
            && (parent.Port is null || parent.Port == listener.Port)
            && TakesKind(listener, kind)
            && TakesNamespace(listener.AllowedRoutes, gateway.Metadata.Namespace, route.Metadata.Namespace, labelsOf)
            && HostsMeet(listener.Hostname, route.Spec?.Hostnames));

    /// <summary>True where a Gateway takes a set of listeners on: none, unless it says which.</summary>
    public static bool TakesListeners(GatewayView gateway, GatewayView set, Func<string?, LabelSet> labelsOf) =>
        gateway.Spec?.AllowedListeners?.Namespaces is { From: not null and not "None" } allowed
        && TakesNamespace(new GatewayView.AllowedRoutes(allowed, null), gateway.Metadata.Namespace, set.Metadata.Namespace, labelsOf);

    /// <summary>True where two host names, either of which may begin with a wildcard label, have a name in common.</summary>
    public static bool HostsMeet(string? listener, string[]? route) =>
        string.IsNullOrEmpty(listener) || route is not { Length: > 0 } || Array.Exists(route, host => HostsMeet(listener, host));

    private static bool HostsMeet(string left, string right) =>
        left.Equals(right, StringComparison.OrdinalIgnoreCase) || Covers(left, right) || Covers(right, left);

    private static bool Covers(string pattern, string host) =>
        pattern.StartsWith("*.", StringComparison.Ordinal)
        && host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
        && host.Length > pattern.Length - 1;

    // A controller that is gone leaves its word behind: one that accepts is enough.
    private static bool Rejected(RouteView route, RouteView.ParentReference parent) =>
        Array.FindAll(
            route.Status?.Parents ?? [],
            status => status.ParentRef is { } of
                && of.Name == parent.Name
                && (of.Namespace ?? route.Metadata.Namespace) == (parent.Namespace ?? route.Metadata.Namespace)
                && of.SectionName == parent.SectionName
                && of.Port == parent.Port) is { Length: > 0 } words
        && Array.Exists(words, word => ViewCondition.Denies(word.Conditions, "Accepted"))
        && !Array.Exists(words, word => ViewCondition.Holds(word.Conditions, "Accepted"));

    private static bool TakesKind(GatewayView.Listener listener, string kind) =>
        listener.AllowedRoutes?.Kinds is { Length: > 0 } kinds
            ? Array.Exists(kinds, allowed => allowed.Kind == kind && allowed.Group is null or GatewayView.Group)
            : listener.Protocol switch
            {
                "HTTP" or "HTTPS" => kind is "HTTPRoute" or "GRPCRoute",
                "TLS" => kind is "TLSRoute" or "TCPRoute",
                "TCP" => kind == "TCPRoute",
                "UDP" => kind == "UDPRoute",
                _ => false,
            };

    private static bool TakesNamespace(GatewayView.AllowedRoutes? allowed, string? gateway, string? route, Func<string?, LabelSet> labelsOf) =>
        allowed?.Namespaces switch
        {
            { From: "All" } => true,
            { From: "Selector", Selector: { } selector } => selector.Matches(labelsOf(route)),
            null or { From: null or "Same" } => gateway == route,
            _ => false,
        };
}
