using System.Net;
using Microsoft.AspNetCore.Connections;
using OssRuntime.Operator.Hosting;

namespace OssRuntime.Operator.Tests.Hosting;

/// <summary>A port keeps so many connections, and of those that have shown nothing the newest.</summary>
public sealed class ConnectionLimitTests
{
    private readonly TaskCompletionSource _end = new();
    private readonly List<Task> _served = [];
    private int _held;

    [Fact]
    public async Task Where_all_have_shown_that_they_may_ask_one_too_many_is_closed_and_one_that_ends_makes_room()
    {
        var limit = new ConnectionLimit(2, 2, 2);
        Vouched(limit, 1);
        Vouched(limit, 1);
        Assert.Equal((true, 2), (Open(limit, 1).IsClosed, _held));

        _end.SetResult();
        await Task.WhenAll(_served);
        Assert.Equal((false, 3), (Open(limit, 1).IsClosed, _held));
    }

    [Fact]
    public async Task A_connection_that_fails_makes_room_too()
    {
        var limit = new ConnectionLimit(1, 1, 1);
        await Assert.ThrowsAsync<IOException>(() => limit.ServeAsync(new ClosingConnection(1), _ => throw new IOException("gone")));
        Assert.False(Open(limit, 1).IsClosed);
    }

    [Fact]
    public void An_address_that_opens_without_end_loses_its_own_oldest_ones_and_nobody_elses()
    {
        var limit = new ConnectionLimit(100, 50, 4);
        var other = Open(limit, 2);
        var flood = Enumerable.Range(0, 600).Select(_ => Open(limit, 1)).ToList();

        Assert.False(other.IsClosed);
        Assert.Equal(596, flood.Count(connection => connection.IsClosed));
        Assert.All(flood.TakeLast(4), connection => Assert.False(connection.IsClosed));
    }

    [Fact]
    public void Many_addresses_that_stay_idle_keep_the_API_server_neither_out_nor_from_staying()
    {
        var limit = new ConnectionLimit(100, 50, 4);
        for (var address = 10; address < 200; address++)
        {
            Open(limit, address);
        }

        var server = Vouched(limit, 2);
        for (var address = 10; address < 200; address++)
        {
            Open(limit, address);
        }

        Assert.False(server.IsClosed);
        Assert.False(Vouched(limit, 3).IsClosed);
    }

    [Fact]
    public async Task A_connection_that_was_taken_for_another_is_not_counted_twice_when_it_ends()
    {
        var limit = new ConnectionLimit(3, 1, 1);
        Open(limit, 1);
        Open(limit, 1);
        Open(limit, 1);
        _end.SetResult();
        await Task.WhenAll(_served);

        Assert.All(Enumerable.Range(0, 3).Select(_ => Vouched(limit, 1)), connection => Assert.False(connection.IsClosed));
    }

    private ClosingConnection Vouched(ConnectionLimit limit, int address)
    {
        var connection = Open(limit, address);
        ConnectionLimit.Vouch(connection.Features);
        return connection;
    }

    private ClosingConnection Open(ConnectionLimit limit, int address)
    {
        var connection = new ClosingConnection(address);
        _served.Add(limit.ServeAsync(connection, _ =>
        {
            _held++;
            return _end.Task;
        }));
        return connection;
    }

    private sealed class ClosingConnection : DefaultConnectionContext
    {
        public ClosingConnection(int address) => RemoteEndPoint = new IPEndPoint(new IPAddress([10, 0, 0, (byte)address]), 40_000);

        public bool IsClosed { get; private set; }

        public override void Abort(ConnectionAbortedException abortReason) => IsClosed = true;
    }
}
