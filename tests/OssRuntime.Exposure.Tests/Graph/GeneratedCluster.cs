using OssRuntime.Exposure.Graph;
using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Tests.Graph;

/// <summary>A cluster of any size: every Service has two pods, every route leads from the one Gateway to a Service of its own.</summary>
internal static class GeneratedCluster
{
    public const string Namespaces = "abcdefghij";

    public static readonly ObjectKey GatewayKey = new("edge", "public");

    public static ExposureGraph Create(int services, int routes, int pods)
    {
        var graph = new ExposureGraph();
        foreach (var @namespace in Namespaces)
        {
            graph.SetNamespace(@namespace.ToString(), LabelSet.Empty);
            var policy = new NetworkPolicyView.PolicySpec(new LabelSelector(null, null), ["Ingress"], [new NetworkPolicyView.PolicyRule(null, null)]);
            var key = new ObjectKey(@namespace.ToString(), "open");
            graph.Set(key, new NetworkPolicyView(Metadata(key), policy));
        }

        for (var i = 0; i < services; i++)
        {
            graph.Set(Service(i), ServiceOf(i, 8080));
        }

        for (var i = 0; i < routes; i++)
        {
            graph.Set("HTTPRoute", Service(i), RouteOf(i, "public"));
        }

        for (var i = 0; i < pods; i++)
        {
            graph.Set(Pod(i, services), PodOf(i, services));
        }

        graph.Set(GatewayKey, GatewayOf(8080));
        graph.Settle();
        return graph;
    }

    public static ObjectKey Service(int i) => new(Namespaces[i % Namespaces.Length].ToString(), $"s{i}");

    public static ObjectKey Pod(int i, int services) => new(Service(i % services).Namespace, $"p{i}");

    public static ServiceView ServiceOf(int i, int target) => new(
        Metadata(Service(i)),
        new ServiceView.ServiceSpec
        {
            Type = "ClusterIP",
            Selector = new Dictionary<string, string> { ["app"] = $"a{i}", ["env"] = "production" },
            Ports = [new ServiceView.ServicePort("http", 80, new PortName(target, null), 0, "TCP")],
        },
        null);

    public static RouteView RouteOf(int i, string gateway) => new(
        Metadata(Service(i)),
        new RouteView.RouteSpec(
            [new RouteView.ParentReference(null, null, "edge", gateway, null, null)],
            [$"h{i}.shop.example"],
            [new RouteView.RouteRule([new RouteView.BackendReference(null, null, null, $"s{i}", 80, null, null)], null)]),
        null);

    public static PodView PodOf(int i, int services) => new()
    {
        Key = Pod(i, services),
        Uid = $"u{i}",
        ResourceVersion = "1",
        Node = $"n{i % 100}",
        Labels = LabelSet.Of(new Dictionary<string, string>
        {
            ["app"] = $"a{i % services}",
            ["env"] = "production",
            ["pod-template-hash"] = $"h{i % services}",
            ["team"] = $"t{i % 20}",
        }),
        Ports = [new PodPort("http", 8080, "TCP", 0, false)],
    };

    public static GatewayView GatewayOf(int port) => new(
        Metadata(GatewayKey),
        new GatewayView.GatewaySpec(
            "envoy",
            [new GatewayView.Listener("web", port, "HTTP", "*.shop.example", new GatewayView.AllowedRoutes(new GatewayView.RouteNamespaces("All", null), null))],
            null),
        null);

    private static ViewMetadata Metadata(ObjectKey key) => new(key.Name, key.Namespace, "u", "1", null);
}
