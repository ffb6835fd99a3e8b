namespace OssRuntime.Exposure.Views;

/// <summary>A Gateway of Istio's own API: the proxies that it configures, by their labels, and the hosts that they serve.</summary>
internal sealed record IstioGatewayView(ViewMetadata Metadata, IstioGatewayView.IstioSpec? Spec) : IView
{
    public const string Group = "networking.istio.io";
    public const string Kind = "Gateway";
    public const string Id = $"{Kind}.{Group}";

    internal sealed record IstioSpec(Dictionary<string, string>? Selector, Server[]? Servers);

    internal sealed record Server(string[]? Hosts);
}
