using System.Text.Json;
using System.Text.Json.Nodes;
using OssRuntime.Exposure.Views;

namespace OssRuntime.Exposure.Described;

/// <summary>Brings forms of objects that older servers take, and that manifests still have, into the form of today's.</summary>
internal static class OldForms
{
    /// <summary>The object as today's kinds have it; the object itself where it is in today's form.</summary>
    /// <param name="group">The API group, brought up to date with it.</param>
    /// <param name="version">The version inside the group.</param>
    /// <param name="kind">The kind, brought up to date with it.</param>
    /// <param name="item">The object.</param>
    public static JsonElement Renew(ref string group, string version, ref string kind, JsonElement item)
    {
        if (kind == "Ingress" && group is "extensions" or "networking.k8s.io" && version.EndsWith("beta1", StringComparison.Ordinal))
        {
            group = "networking.k8s.io";
            return Parse(Ingress(item));
        }

        if (kind == "Endpoints" && group.Length == 0)
        {
            (group, kind) = (EndpointSliceView.Group, EndpointSliceView.Kind);
            return Parse(Slice(item));
        }

        return item;
    }

    // networking.k8s.io/v1beta1 and extensions/v1beta1: serviceName and servicePort stand in the backend itself, and the default backend is called backend.
    private static JsonObject Ingress(JsonElement item)
    {
        var root = JsonObject.Create(item)!;
        if (root["spec"] is not JsonObject spec)
        {
            return root;
        }

        if (spec["backend"] is JsonObject fallback)
        {
            spec.Remove("backend");
            spec["defaultBackend"] = Backend(fallback);
        }

        foreach (var path in (spec["rules"] as JsonArray ?? []).Select(rule => (rule as JsonObject)?["http"] as JsonObject).SelectMany(http => http?["paths"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (path["backend"] is JsonObject backend)
            {
                path["backend"] = Backend(backend);
            }
        }

        return root;
    }

    private static JsonObject Backend(JsonObject old)
    {
        var port = old["servicePort"]?.DeepClone();
        return old["serviceName"] is not { } name ? (JsonObject)old.DeepClone() : new JsonObject
        {
            ["service"] = new JsonObject
            {
                ["name"] = name.DeepClone(),
                ["port"] = port is JsonValue value && value.GetValueKind() == JsonValueKind.String && !int.TryParse(value.GetValue<string>(), out _)
                    ? new JsonObject { ["name"] = port }
                    : new JsonObject { ["number"] = port is JsonValue text && text.GetValueKind() == JsonValueKind.String ? int.Parse(text.GetValue<string>()) : port },
            },
        };
    }

    // Endpoints name their Service by their own name; a server mirrors them into slices.
    private static JsonObject Slice(JsonElement item)
    {
        var metadata = JsonObject.Create(item.At("metadata")) ?? [];
        var labels = metadata["labels"] as JsonObject ?? [];
        metadata["labels"] = labels.DeepClone();
        metadata["labels"]!["kubernetes.io/service-name"] = metadata["name"]?.DeepClone();
        var subsets = item.At("subsets").Items().ToList();
        return new JsonObject
        {
            ["metadata"] = metadata.DeepClone(),
            ["endpoints"] = new JsonArray([.. subsets.SelectMany(subset => subset.At("addresses").Items().Concat(subset.At("notReadyAddresses").Items())).Select(Endpoint)]),
            ["ports"] = new JsonArray([.. subsets.SelectMany(subset => subset.At("ports").Items()).Select(port => JsonObject.Create(port))]),
        };
    }

    private static JsonNode Endpoint(JsonElement address)
    {
        var endpoint = new JsonObject { ["addresses"] = new JsonArray(address.At("ip").Text() is { } ip ? [ip] : []) };
        if (JsonObject.Create(address.At("targetRef")) is { } target && address.At("targetRef").ValueKind == JsonValueKind.Object)
        {
            endpoint["targetRef"] = target;
        }

        return endpoint;
    }

    private static JsonElement Parse(JsonObject item)
    {
        using var document = JsonDocument.Parse(item.ToJsonString());
        return document.RootElement.Clone();
    }
}
