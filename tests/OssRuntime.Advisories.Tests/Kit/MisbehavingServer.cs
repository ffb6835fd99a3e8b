using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OssRuntime.Advisories.Tests.Kit;

/// <summary>
/// A server that says on a connection whatever bytes a test wants, right or wrong, and does what a test wants with it: cut it, reset it, fall silent. It speaks as much HTTP as
/// that takes: one request a connection.
/// </summary>
internal sealed class MisbehavingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public MisbehavingServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>What is answered for a path without its first slash; 404 where nothing is there.</summary>
    public ConcurrentDictionary<string, Answer> Answers { get; } = new();

    /// <summary>What was asked for, with its headers.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                running.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                var request = await RequestAsync(socket);
                Requests.Enqueue(request);
                var path = Uri.UnescapeDataString(request.Split(' ')[1].TrimStart('/'));
                var answer = Answers.TryGetValue(path, out var found) ? found : Answer.Status(404);
                await answer.GiveAsync(request, socket, _stop.Token);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException or IndexOutOfRangeException)
            {
                // The other side has gone.
            }
        }
    }

    private async Task<string> RequestAsync(Socket socket)
    {
        var request = new StringBuilder();
        var buffer = new byte[8192];
        while (!request.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await socket.ReceiveAsync(buffer, _stop.Token);
            if (read == 0)
            {
                break;
            }

            request.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        return request.ToString();
    }
}
