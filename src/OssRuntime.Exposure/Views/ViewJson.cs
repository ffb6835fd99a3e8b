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
internal sealed partial class ViewJson : JsonSerializerContext;
