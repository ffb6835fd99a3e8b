using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OssRuntime.Stage.Nodes;

/// <summary>Makes a server of one network namespace answer in another: what is said to a port here is passed on to a port there.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly Func<Socket> _there;
    private readonly IPEndPoint _target;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, byte> _open = new();
    private readonly Task _accepting;

    private Relay(Socket listener, Func<Socket> there, IPEndPoint target)
    {
        _listener = listener;
        _there = there;
        _target = target;
        _accepting = AcceptAsync();
    }

    /// <summary>Where this machine's programs find it.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>A port of this machine becomes a port of the namespace.</summary>
    /// <param name="inside">The namespace.</param>
    /// <param name="at">Where it answers there.</param>
    /// <param name="target">Where this machine's server listens.</param>
    public static Relay Into(NetworkNamespace inside, IPEndPoint at, IPEndPoint target) =>
        new(inside.Open(socket => Listen(socket, at)), NewSocket, target);

    /// <summary>A port of the namespace becomes the same port, at the loopback address, of this machine; a free one is chosen.</summary>
    /// <param name="inside">The namespace.</param>
    public static Relay OutOf(NetworkNamespace inside)
    {
        var listener = NewSocket();
        Listen(listener, new IPEndPoint(IPAddress.Loopback, 0));
        return new Relay(listener, () => inside.Open(), (IPEndPoint)listener.LocalEndPoint!);
    }

    /// <summary>Listens no more, and ends the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await Task.WhenAll([_accepting, .. _open.Keys]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private static void Listen(Socket socket, IPEndPoint at)
    {
        socket.Bind(at);
        socket.Listen();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var caller = await _listener.AcceptAsync(_stop.Token);
            var passed = PassAsync(caller);
            _open[passed] = 0;
            _ = passed.ContinueWith(ended => _open.TryRemove(ended, out _), TaskScheduler.Default);
        }
    }

    private async Task PassAsync(Socket caller)
    {
        using var here = caller;
        await Task.Yield();
        using var there = _there();
        try
        {
            here.NoDelay = there.NoDelay = true;
            await there.ConnectAsync(_target, _stop.Token);
        }
        catch (Exception refused) when (refused is SocketException or OperationCanceledException)
        {
            // The caller sees its connection close.
            return;
        }

        await Task.WhenAll(CopyAsync(here, there), CopyAsync(there, here));
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        try
        {
            var buffer = new byte[128 * 1024];
            while (await from.ReceiveAsync(buffer, _stop.Token) is > 0 and var read)
            {
                for (var sent = 0; sent < read;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), _stop.Token);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side is gone: the other one learns it, and the way back ends too.
            from.Dispose();
            to.Dispose();
        }
    }
}
