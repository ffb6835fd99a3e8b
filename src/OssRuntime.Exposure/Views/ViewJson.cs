using System.Text.Json.Serialization;

namespace OssRuntime.Exposure.Views;

/// <summary>How the views are read from the wire.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ServiceView))]
[JsonSerializable(typeof(EndpointSliceView))]
[JsonSerializable(typeof(IngressView))]
[JsonSerializable(typeof(GatewayView))]
[JsonSerializable(typeof(RouteView))]
[JsonSerializable(typeof(OpenShiftRouteView))]
[JsonSerializable(typeof(ReferenceGrantView))]
[JsonSerializable(typeof(NetworkPolicyView))]
[JsonSerializable(typeof(NamespaceView))]
[JsonSerializable(typeof(OwnerView))]
[JsonSerializable(typeof(ViewMetadata))]
[JsonSerializable(typeof(IngressClassView))]
[JsonSerializable(typeof(IngressClassParamsView))]
[JsonSerializable(typeof(AddressPoolView))]
[JsonSerializable(typeof(RouterView))]
[JsonSerializable(typeof(IstioGatewayView))]
internal sealed partial class ViewJson : JsonSerializerContext;
