using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Ways;

/// <summary>Reads the Service that a host name, a URL or <c>namespace/name:port</c> names.</summary>
internal static class BackendHost
{
    /// <summary>The Service of a host name or URL; null where it is outside the cluster.</summary>
    /// <param name="text"><c>web</c>, <c>web.shop</c>, <c>web.shop.svc.cluster.local:80</c>, <c>http://web.shop:80/path</c>.</param>
    /// <param name="namespace">The namespace of a name that names none.</param>
    public static WayBackend? OfHost(string? text, string? @namespace)
    {
        var rest = (text ?? "").AsSpan().Trim();
        var scheme = rest.IndexOf("://", StringComparison.Ordinal);
        var word = scheme < 0 ? default : rest[..scheme];
        rest = scheme < 0 ? rest : rest[(scheme + 3)..];
        var end = rest.IndexOfAny("/?#$");
        rest = end < 0 ? rest : rest[..end];
        rest = rest[(rest.IndexOf('@') + 1)..];
        var colon = rest.IndexOf(':');
        var host = (colon < 0 ? rest : rest[..colon]).TrimEnd('.');
        PortName? port = colon >= 0 && int.TryParse(rest[(colon + 1)..], out var number) ? new PortName(number, null)
            : word.Equals("https", StringComparison.OrdinalIgnoreCase) ? new PortName(443, null)
            : word.Equals("http", StringComparison.OrdinalIgnoreCase) ? new PortName(80, null)
            : null;
        if (host.IsEmpty || System.Net.IPAddress.TryParse(host, out _))
        {
            return null;
        }

        var parts = host.ToString().Split('.');
        return parts switch
        {
            [var name] => new WayBackend(new ObjectKey(@namespace, name), port),
            [var name, var space] => new WayBackend(new ObjectKey(space, name), port),
            [var name, var space, "svc", ..] => new WayBackend(new ObjectKey(space, name), port),
            _ => null,
        };
    }

    /// <summary>The Service of <c>[namespace/]name[:port[:options]]</c>.</summary>
    public static WayBackend? OfReference(string? text, string? @namespace)
    {
        var parts = (text ?? "").Trim().Split(':');
        var slash = parts[0].IndexOf('/', StringComparison.Ordinal);
        var name = parts[0][(slash + 1)..];
        PortName? port = parts.Length < 2 ? null : int.TryParse(parts[1], out var number) ? new PortName(number, null) : new PortName(0, parts[1]);
        return name.Length == 0 || name.Contains('/', StringComparison.Ordinal) ? null : new WayBackend(new ObjectKey(slash < 0 ? @namespace : parts[0][..slash], name), port);
    }
}
