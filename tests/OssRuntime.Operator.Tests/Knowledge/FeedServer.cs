using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OssRuntime.Operator.Tests.Knowledge;

/// <summary>Serves a folder on the loopback address.</summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private readonly WebApplication _server;

    private FeedServer(WebApplication server) => _server = server;

    public string Address { get; private init; } = "";

    public static async Task<FeedServer> StartAsync(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = builder.Build();
        server.Run(async context =>
        {
            var file = Path.Combine(folder, context.Request.Path.Value!.TrimStart('/'));
            context.Response.StatusCode = File.Exists(file) ? 200 : 404;
            if (File.Exists(file))
            {
                await context.Response.SendFileAsync(file);
            }
        });
        await server.StartAsync();
        return new FeedServer(server) { Address = server.Urls.First() };
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
