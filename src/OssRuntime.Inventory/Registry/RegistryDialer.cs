using System.Net;
using System.Net.Sockets;

namespace OssRuntime.Inventory.Registry;

/// <summary>
/// Opens connections to registries, but to none whose address lies in a refused range: names of images come from people who may not reach what the process can. What a name resolves to is judged
/// and connected to in one step, so that it cannot be something else a moment later.
/// </summary>
internal sealed class RegistryDialer(RegistryOptions options)
{
    /// <summary>A connection to the host.</summary>
    /// <exception cref="SocketException">There is none.</exception>
    /// <exception cref="IOException">All its addresses are in a refused range.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (options.RefusedRanges.IsEmpty || options.InternalRegistries.Contains(host.Host) || options.InternalRegistries.Contains($"{host.Host}:{host.Port}"))
            {
                await socket.ConnectAsync(host, cancellation);
            }
            else
            {
                var addresses = await Dns.GetHostAddressesAsync(host.Host, cancellation);
                var allowed = Array.FindAll(addresses, address => !IsRefused(address));
                if (allowed.Length == 0 && addresses.Length > 0)
                {
                    throw new IOException($"its address {addresses[0]} is in a range that images are not read from");
                }

                await socket.ConnectAsync(allowed, host.Port, cancellation);
            }

            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsRefused(IPAddress address)
    {
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return options.RefusedRanges.Any(range => range.Contains(address));
    }
}
