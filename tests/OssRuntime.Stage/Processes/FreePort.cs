using System.Net;
using System.Net.Sockets;

namespace OssRuntime.Stage.Processes;

/// <summary>Ports on the loopback address that nobody listens at.</summary>
public static class FreePort
{
    /// <summary>
    /// Different free ports. Another process may take one before it is used; who starts a server starts it again with others then.
    /// </summary>
    public static int[] Find(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners)
            listener.Start();
        var ports = Array.ConvertAll(listeners, listener => ((IPEndPoint)listener.LocalEndpoint).Port);
        foreach (var listener in listeners)
            listener.Stop();
        return ports;
    }
}
