using System.IO.Enumeration;

namespace OssRuntime.Inventory.Registry;

/// <summary>
/// What one key of a Docker configuration covers, by the kubelet's rules (kubernetes.io, "Images", "Interpretation of config.json"): the
/// host's labels are compared one by one and may hold wildcards, the port must be the same, and a path covers all that begins with it.
/// <c>/v1/</c> and <c>/v2/</c> stand for the host alone, and every name of Docker Hub for the same registry.
/// </summary>
internal sealed class CredentialScope
{
    private const string DockerHub = "docker.io";

    private readonly string[] _labels;
    private readonly string _port;
    private readonly string _path;

    private CredentialScope(string key, string[] labels, string port, string path)
    {
        Key = key;
        _labels = labels;
        _port = port;
        _path = path;
    }

    /// <summary>The key in its short form; of two that fit, the greater is the more particular.</summary>
    public string Key { get; }

    /// <summary>Reads a key; false where it names no host.</summary>
    public static bool TryParse(string key, out CredentialScope? scope)
    {
        scope = null;
        var text = key;
        foreach (var scheme in (ReadOnlySpan<string>)["https://", "http://"])
        {
            text = text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? text[scheme.Length..] : text;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var (host, path) = slash < 0 ? (text, "") : (text[..slash], text[slash..]);
        if (path.StartsWith("/v1/", StringComparison.Ordinal) || path.StartsWith("/v2/", StringComparison.Ordinal) || path is "/v1" or "/v2")
        {
            path = path[3..];
        }

        path = path.Trim('/');
        var (name, port) = SplitPort(host.ToLowerInvariant());
        if (name.Length == 0)
        {
            return false;
        }

        name = name is "index.docker.io" or "registry-1.docker.io" ? DockerHub : name;
        scope = new CredentialScope($"{name}{port}/{path}", name.Split('.'), port, path);
        return true;
    }

    /// <summary>True where the key's credential may be shown for this repository.</summary>
    public bool Covers(string registry, string repository)
    {
        var (name, port) = SplitPort(registry.ToLowerInvariant());
        var labels = name.Split('.');
        if (port != _port || labels.Length != _labels.Length || !repository.StartsWith(_path, StringComparison.Ordinal))
        {
            return false;
        }

        for (var i = 0; i < labels.Length; i++)
        {
            if (!FileSystemName.MatchesSimpleExpression(_labels[i], labels[i], ignoreCase: false))
            {
                return false;
            }
        }

        return true;
    }

    private static (string Name, string Port) SplitPort(string host)
    {
        var colon = host.LastIndexOf(':');
        return colon < 0 || host.EndsWith(']') ? (host, "") : (host[..colon], host[colon..]);
    }
}
