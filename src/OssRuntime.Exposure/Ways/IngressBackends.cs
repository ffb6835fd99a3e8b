using System.Text.Json;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Ways;

/// <summary>
/// The backends of an Ingress: those of its spec, and those that annotations of the AWS Load Balancer Controller and of ingress-nginx name. Of the
/// latter nobody looks at whose Ingress it is: another controller ignores them, and then they only say too much.
/// </summary>
internal static class IngressBackends
{
    private const string UseAnnotation = "use-annotation";

    /// <summary>The backends.</summary>
    public static IEnumerable<WayBackend> Of(IngressView ingress)
    {
        var space = ingress.Metadata.Namespace;
        return (ingress.Spec?.Rules ?? []).SelectMany(rule => rule.Http?.Paths ?? []).Select(path => path.Backend)
            .Append(ingress.Spec?.DefaultBackend)
            .Select(backend => backend?.Service)
            .Where(service => service?.Name is { Length: > 0 } && service.Port?.Name != UseAnnotation)
            .Select(service => new WayBackend(
                new ObjectKey(space, service!.Name!), service.Port is not { } port ? null : new PortName(port.Number, port.Name is { Length: > 0 } name ? name : null)))
            .Concat(ingress.Metadata.Annotations is null ? [] : ByAnnotations(ingress, space));
    }

    private static IEnumerable<WayBackend> ByAnnotations(IngressView ingress, string? space)
    {
        foreach (var (name, value) in ingress.Metadata.Annotations!)
        {
            WayBackend? found = name switch
            {
                IngressView.NginxDefaultBackend => BackendHost.OfReference(value, space) is { } backend ? backend with { Port = null } : null,
                IngressView.NginxAuthUrl or IngressView.NginxMirror => BackendHost.OfHost(value, space),
                _ => null,
            };
            if (found is { } single)
            {
                yield return single;
            }

            foreach (var target in name.StartsWith(KeptAnnotations.AlbActions, StringComparison.Ordinal) ? TargetsOf(value, space) : [])
            {
                yield return target;
            }
        }
    }

    // {"type": "forward", "forwardConfig": {"targetGroups": [{"serviceName": …, "servicePort": …}]}}, or one group beside the type.
    private static List<WayBackend> TargetsOf(string action, string? space)
    {
        try
        {
            using var document = JsonDocument.Parse(action);
            var root = document.RootElement;
            return
            [
                .. root.At("forwardConfig").At("targetGroups").Items().Append(root)
                    .Where(group => group.At("serviceName").Text() is { Length: > 0 } && !(group.At("weight") is { ValueKind: JsonValueKind.Number } weight && weight.TryGetInt32(out var share) && share == 0))
                    .Select(group => new WayBackend(new ObjectKey(space, group.At("serviceName").Text()!), PortOf(group.At("servicePort")))),
            ];
        }
        catch (JsonException)
        {
            // The controller refuses it as well.
            return [];
        }
    }

    private static PortName? PortOf(JsonElement port) =>
        port.ValueKind == JsonValueKind.Number && port.TryGetInt32(out var number) ? new PortName(number, null)
        : port.Text() is { Length: > 0 } text ? int.TryParse(text, out number) ? new PortName(number, null) : new PortName(0, text)
        : null;
}
