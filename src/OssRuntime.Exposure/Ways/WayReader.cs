using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using OssRuntime.Exposure.Lists;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Ways;

/// <summary>Reads an object by the row of its kind.</summary>
internal static class WayReader
{
    /// <summary>Reads an object.</summary>
    /// <exception cref="JsonException">It has no metadata.</exception>
    public static WayView Read(JsonElement item, UnderstoodKind row)
    {
        var metadata = item.At("metadata").Deserialize(ViewJson.Default.ViewMetadata) ?? throw new JsonException("the object has no metadata");
        var key = metadata.Key;
        var backends = row.Backends.SelectMany(place => place.In(item).Select(found => BackendOf(place, found, key.Namespace))).OfType<WayBackend>()
            .Where(backend => row.Foreign != ForeignBackends.Refused || backend.Service.Namespace == key.Namespace)
            .Concat(ChoicesOf(item, row, key))
            .Distinct().Take(WayView.MostNamed + 1).ToImmutableArray();
        var includes = row.Includes.SelectMany(place => place.In(item).Select(found => IncludeOf(place, found, key.Namespace))).OfType<(string, ObjectKey)>()
            .Distinct().Take(WayView.MostNamed + 1).ToImmutableArray();
        return new WayView(metadata, row)
        {
            Backends = IsTable(item, row) ? [.. backends.Take(WayView.MostNamed)] : [],
            Includes = [.. includes.Take(WayView.MostNamed)],
            Cut = backends.Length > WayView.MostNamed || includes.Length > WayView.MostNamed,
            Gateways = [.. item.At("spec").At("gateways").Items().Select(gateway => GatewayOf(gateway.Text(), key.Namespace)).OfType<ObjectKey>()],
            Hosts = [.. item.At("spec").At("hosts").Items().Select(host => host.Text()).OfType<string>()],
            Addresses = [.. AddressesOf(item.At("status"))],
            Domain = DomainOf(item, row, key),
            IsRoot = row.Facing != Facing.VirtualHost || item.At("spec").At("virtualhost").ValueKind == JsonValueKind.Object,
            IsLocal = item.At("metadata").At("labels").At("networking.knative.dev/visibility").Text() == "cluster-local",
            Refused = item.At("status").At("currentStatus").Text() is "invalid" or "orphaned",
            Choice = ChoiceOf(item, row, key),
        };
    }

    // Knative's own default is the cluster's domain, which nobody outside has an address for.
    private static string? DomainOf(JsonElement item, UnderstoodKind row, ObjectKey key)
    {
        if (row.Kind == "ConfigMap")
        {
            return key.Name != "config-domain" ? null
                : item.At("data") is { ValueKind: JsonValueKind.Object } data
                    ? data.EnumerateObject().Select(entry => entry.Name).FirstOrDefault(name => name is not ("_example" or "svc.cluster.local")) ?? "knative.svc.cluster.local"
                    : "knative.svc.cluster.local";
        }

        return item.At("status").At("url").Text() is { } url && Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.Host : null;
    }

    private static WayBackend? BackendOf(FieldPlace place, JsonElement found, string? @namespace)
    {
        if (place.Field(found, "kind").Text() is { Length: > 0 } kind && kind != "Service")
        {
            return null;
        }

        var port = PortOf(place.Field(found, "port"));
        if (place.Field(found, "host").Text() is { } host)
        {
            return BackendHost.OfHost(host, @namespace) is { } named ? named with { Port = port ?? named.Port } : null;
        }

        if (place.Field(found, "ref").Text() is { } reference)
        {
            return BackendHost.OfReference(reference, @namespace) is { } named ? named with { Port = port ?? named.Port } : null;
        }

        return place.Field(found, "name").Text() is { Length: > 0 } name && !name.Contains('/', StringComparison.Ordinal)
            ? new WayBackend(new ObjectKey(place.Field(found, "namespace").Text() is { Length: > 0 } space ? space : @namespace, name), port)
            : null;
    }

    private static (string, ObjectKey)? IncludeOf(FieldPlace place, JsonElement found, string? @namespace)
    {
        var short_ = place.Kind[..place.Kind.IndexOf('.', StringComparison.Ordinal)];
        if (place.Field(found, "kind") is { ValueKind: not JsonValueKind.Undefined } kind ? kind.Text() != short_ : short_ == "TraefikService")
        {
            return null;
        }

        if (place.Field(found, "ref").Text() is { } reference)
        {
            return BackendHost.OfReference(reference, @namespace) is { } named ? (place.Kind, named.Service) : null;
        }

        return place.Field(found, "name").Text() is { Length: > 0 } name
            ? (place.Kind, new ObjectKey(place.Field(found, "namespace").Text() is { Length: > 0 } space ? space : @namespace, name))
            : null;
    }

    // Of ConfigMaps only those that lead ports to Services: every key is a port.
    private static bool IsTable(JsonElement item, UnderstoodKind row) =>
        row.Kind != "ConfigMap"
        || (item.At("data") is { ValueKind: JsonValueKind.Object } data
            && data.EnumerateObject().All(entry => int.TryParse(entry.Name, NumberStyles.None, null, out _) && entry.Value.Text()?.Contains('/', StringComparison.Ordinal) == true));

    // What leads to pods that another object, or the object itself, chooses by their labels.
    private static IEnumerable<WayBackend> ChoicesOf(JsonElement item, UnderstoodKind row, ObjectKey key) => row.Id switch
    {
        "Service.serving.knative.dev" => [new WayBackend(PodChoice.KeyOf("Configuration", key), null)],
        "Route.serving.knative.dev" => item.At("spec").At("traffic").Items()
            .Select(target => target.At("configurationName").Text()).OfType<string>()
            .Select(name => new WayBackend(PodChoice.KeyOf("Configuration", key with { Name = name }), null)),
        "MultiClusterIngress.networking.gke.io" => IngressBackends(item.At("spec").At("template").At("spec"))
            .Select(name => new WayBackend(PodChoice.KeyOf("MultiClusterService", key with { Name = name }), null)),
        _ => [],
    };

    private static IEnumerable<string> IngressBackends(JsonElement spec) =>
        spec.At("rules").Items().SelectMany(rule => rule.At("http").At("paths").Items()).Select(path => path.At("backend"))
            .Append(spec.At("backend"))
            .Select(backend => backend.At("serviceName").Text())
            .OfType<string>();

    private static ServiceView? ChoiceOf(JsonElement item, UnderstoodKind row, ObjectKey key)
    {
        var selector = item.At("spec").At("selector");
        return row.Id switch
        {
            "Service.serving.knative.dev" or "Configuration.serving.knative.dev" =>
                PodChoice.Of("Configuration", key, new Dictionary<string, string> { ["serving.knative.dev/configuration"] = key.Name }),
            "MultiClusterService.networking.gke.io" => PodChoice.Of("MultiClusterService", key, Labels(item.At("spec").At("template").At("spec").At("selector"))),
            "InferencePool.inference.networking.k8s.io" or "InferencePool.inference.networking.x-k8s.io" =>
                PodChoice.Of("InferencePool", key, Labels(selector.At("matchLabels") is { ValueKind: JsonValueKind.Object } labels ? labels : selector)),
            _ => null,
        };
    }

    private static Dictionary<string, string> Labels(JsonElement map) => map.ValueKind == JsonValueKind.Object
        ? map.EnumerateObject().Where(label => label.Value.Text() is not null).ToDictionary(label => label.Name, label => label.Value.Text()!)
        : [];

    private static IEnumerable<string> AddressesOf(JsonElement status) =>
        status.At("loadBalancer").At("ingress").Items().Concat(status.At("externalEndpoints").Items())
            .Select(address => address.At("ip").Text() ?? address.At("hostname").Text())
            .Append(status.At("VIP").Text())
            .Where(address => !string.IsNullOrEmpty(address))
            .Select(address => address!);

    // "name", "namespace/name"; the mesh is no gateway.
    private static ObjectKey? GatewayOf(string? text, string? @namespace) =>
        text is null or "mesh" ? null : BackendHost.OfReference(text, @namespace)?.Service is { } key ? key with { Name = key.Name.Split('.')[0] } : null;

    private static PortName? PortOf(JsonElement port) => port.ValueKind switch
    {
        JsonValueKind.Number when port.TryGetInt32(out var number) => new PortName(number, null),
        JsonValueKind.String => int.TryParse(port.GetString(), NumberStyles.None, null, out var number) ? new PortName(number, null) : new PortName(0, port.GetString()),
        _ => null,
    };
}
