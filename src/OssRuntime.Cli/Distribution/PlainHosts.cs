using System.Collections.Immutable;
using System.Net;

namespace OssRuntime.Cli.Distribution;

/// <summary>The hosts that are spoken to without TLS: those that the user names, and loopback addresses.</summary>
internal sealed class PlainHosts(ImmutableHashSet<string> named)
{
    /// <summary>True where a host (<c>host[:port]</c>) is one of them.</summary>
    public bool Contains(string authority) => named.Contains(authority)
        || (Uri.TryCreate($"http://{authority}", UriKind.Absolute, out var address)
            && (address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip))));
}
