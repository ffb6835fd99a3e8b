using Microsoft.AspNetCore.Connections;

namespace OssRuntime.Operator.Hosting;

/// <summary>
/// How many connections one port keeps at a time; one more is closed at once. The server's own limit is for all ports together: whoever holds the webhooks' connections open
/// must not keep the probes from being answered.
/// </summary>
internal sealed class ConnectionLimit(int most)
{
    private int _open;

    /// <summary>Serves the connection, unless there are too many.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (Interlocked.Increment(ref _open) > most)
        {
            Interlocked.Decrement(ref _open);
            connection.Abort();
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
