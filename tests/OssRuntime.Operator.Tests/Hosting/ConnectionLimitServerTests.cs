using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OssRuntime.Operator.Hosting;

namespace OssRuntime.Operator.Tests.Hosting;

/// <summary>The limit in a server: the connection of a request that showed that it may ask is the one that stays.</summary>
public sealed class ConnectionLimitServerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Connections_that_only_stand_there_never_end_one_that_asked(string version)
    {
        await using var app = await ServeAsync(new ConnectionLimit(10, 1, 1), version);
        var address = new Uri(app.Urls.Single());
        using var client = new HttpClient { BaseAddress = address, DefaultRequestVersion = Version.Parse(version), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        var before = await client.GetStringAsync("/", Cancel);

        using var first = await ConnectAsync(address);
        using var second = await ConnectAsync(address);
        await EndsAsync(first);

        Assert.Equal(before, await client.GetStringAsync("/", Cancel));
    }

    private static async Task<WebApplication> ServeAsync(ConnectionLimit limit, string version)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, socket =>
        {
            socket.Protocols = version == "2.0" ? Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http2 : Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http1;
            socket.Use(next => connection => limit.ServeAsync(connection, next));
        }));
        var app = builder.Build();
        app.Run(context =>
        {
            ConnectionLimit.Vouch(context.Features);
            return context.Response.WriteAsync(context.Connection.Id, context.RequestAborted);
        });
        await app.StartAsync(Cancel);
        return app;
    }

    private static async Task EndsAsync(TcpClient client)
    {
        var bytes = new byte[256];
        try
        {
            while (await client.GetStream().ReadAsync(bytes, Cancel) > 0)
            {
                // A server of HTTP/2 begins to speak at once.
            }
        }
        catch (IOException)
        {
            // Closed at once it is too.
        }
    }

    private static async Task<TcpClient> ConnectAsync(Uri address)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Cancel);
        return client;
    }
}
