using System.Net;
using System.Net.Sockets;

namespace OssRuntime.EndToEnd.Tests.Admission;

/// <summary>
/// What a Service does in a cluster: it takes each new connection to one of the replicas that are ready, in turn, and knows of a change a moment late.
/// </summary>
internal sealed class ServiceProxy : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(300);

    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<IReadOnlyList<Replica>> _replicas;
    private readonly Task _accept;
    private readonly Task _look;
    private volatile IReadOnlyList<int> _ready = [];
    private int _next;

    public ServiceProxy(Func<IReadOnlyList<Replica>> replicas)
    {
        _replicas = replicas;
        _listener.Start();
        _accept = AcceptAsync();
        _look = LookAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many replicas are known to be ready.</summary>
    public int Ready => _ready.Count;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await Task.WhenAll(_accept, _look).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task LookAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var ready = new List<int>();
            foreach (var replica in _replicas())
            {
                if (await replica.IsReadyAsync())
                {
                    ready.Add(replica.Port);
                }
            }

            _ready = ready;
            await Task.Delay(LookEvery, _stop.Token);
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _ = CarryAsync(client);
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            var ready = _ready;
            if (ready.Count == 0)
            {
                return;
            }

            try
            {
                client.NoDelay = server.NoDelay = true;
                await server.ConnectAsync(IPAddress.Loopback, ready[(int)((uint)Interlocked.Increment(ref _next) % ready.Count)], _stop.Token);
                // Whoever ends, what the other has said already still arrives: a Service carries packets and cuts nothing.
                var up = PumpAsync(client, server);
                var down = PumpAsync(server, client);
                await Task.WhenAll(up, down).WaitAsync(_stop.Token);
            }
            catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
            {
                // The connection ends, as it would in a cluster.
            }
        }
    }
    private async Task PumpAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream(), _stop.Token);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One side is gone for good.
        }

        try
        {
            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Both are.
        }
    }
}
