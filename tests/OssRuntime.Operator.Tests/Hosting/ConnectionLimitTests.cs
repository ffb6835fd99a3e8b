using Microsoft.AspNetCore.Connections;
using OssRuntime.Operator.Hosting;

namespace OssRuntime.Operator.Tests.Hosting;

/// <summary>A port keeps so many connections and closes the next at once.</summary>
public sealed class ConnectionLimitTests
{
    [Fact]
    public async Task One_connection_too_many_is_closed_and_one_that_ends_makes_room()
    {
        var limit = new ConnectionLimit(2);
        var end = new TaskCompletionSource();
        var served = 0;
        Task Hold(ConnectionContext connection)
        {
            served++;
            return end.Task;
        }

        Task[] held = [limit.ServeAsync(new ClosingConnection(), Hold), limit.ServeAsync(new ClosingConnection(), Hold)];
        var third = new ClosingConnection();
        await limit.ServeAsync(third, Hold);
        Assert.Equal((2, true), (served, third.IsClosed));

        end.SetResult();
        await Task.WhenAll(held);
        var fourth = new ClosingConnection();
        await limit.ServeAsync(fourth, Hold);
        Assert.Equal((3, false), (served, fourth.IsClosed));
    }

    [Fact]
    public async Task A_connection_that_fails_makes_room_too()
    {
        var limit = new ConnectionLimit(1);
        await Assert.ThrowsAsync<IOException>(() => limit.ServeAsync(new ClosingConnection(), _ => throw new IOException("gone")));
        var next = new ClosingConnection();
        await limit.ServeAsync(next, _ => Task.CompletedTask);
        Assert.False(next.IsClosed);
    }

    private sealed class ClosingConnection : DefaultConnectionContext
    {
        public bool IsClosed { get; private set; }

        public override void Abort(ConnectionAbortedException abortReason) => IsClosed = true;
    }
}
