using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace OssRuntime.Operator.Hosting;

/// <summary>
/// How many connections one port keeps at a time. Whoever reaches it may open any number: those that have not shown yet that they may ask are strangers, and of these the oldest goes for the newest, first of
/// the same address. So the API server always gets in, and once it has asked its connection is nobody's to take.
/// </summary>
/// <param name="most">How many there may be; the next is closed at once.</param>
/// <param name="strangers">How many of them may be strangers.</param>
/// <param name="strangersOfAddress">How many strangers may come from one address.</param>
internal sealed class ConnectionLimit(int most, int strangers, int strangersOfAddress)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Guest> _strangers = [];
    private readonly Dictionary<IPAddress, int> _byAddress = [];
    private int _open;

    /// <summary>The connection that a request came on has shown that it may ask.</summary>
    public static void Vouch(IFeatureCollection request)
    {
        if (request.Get<IConnectionItemsFeature>()?.Items.TryGetValue(typeof(Guest), out var guest) == true)
        {
            ((Guest)guest!).Vouch();
        }
    }

    /// <summary>Serves the connection, unless there are too many.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var guest = new Guest(this, connection);
        if (!Enter(guest))
        {
            connection.Abort();
            return;
        }

        connection.Items[typeof(Guest)] = guest;
        try
        {
            await next(connection);
        }
        finally
        {
            Leave(guest);
        }
    }

    private bool Enter(Guest guest)
    {
        ConnectionContext? evicted = null;
        lock (_gate)
        {
            var ofAddress = _byAddress.GetValueOrDefault(guest.Address);
            if (ofAddress >= strangersOfAddress)
            {
                evicted = Evict(_strangers.First(other => other.Address.Equals(guest.Address)));
            }
            else if (_strangers.Count >= strangers)
            {
                evicted = Evict(_strangers.First!.Value);
            }

            if (_open >= most)
            {
                return false;
            }

            _open++;
            guest.Node = _strangers.AddLast(guest);
            _byAddress[guest.Address] = _byAddress.GetValueOrDefault(guest.Address) + 1;
        }

        // Outside the lock: what a connection does when it is closed is its own affair.
        evicted?.Abort();
        return true;
    }

    // Its place is free at once, not when it has noticed.
    private ConnectionContext Evict(Guest guest)
    {
        Forget(guest);
        _open--;
        guest.IsEvicted = true;
        return guest.Connection;
    }

    private void Leave(Guest guest)
    {
        lock (_gate)
        {
            Forget(guest);
            _open -= guest.IsEvicted ? 0 : 1;
        }
    }

    private void Forget(Guest guest)
    {
        if (guest.Node is not { } node)
        {
            return;
        }

        _strangers.Remove(node);
        guest.Node = null;
        if (--_byAddress[guest.Address] == 0)
        {
            _byAddress.Remove(guest.Address);
        }
    }

    private sealed class Guest(ConnectionLimit limit, ConnectionContext connection)
    {
        public ConnectionContext Connection => connection;

        public IPAddress Address { get; } = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;

        /// <summary>Its place among the strangers; null for one that is none any more.</summary>
        public LinkedListNode<Guest>? Node { get; set; }

        public bool IsEvicted { get; set; }

        public void Vouch()
        {
            lock (limit._gate)
            {
                limit.Forget(this);
            }
        }
    }
}
