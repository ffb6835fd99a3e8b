using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OssRuntime.Advisories.Tests.Kit;

/// <summary>A server on a free port of the loopback that answers as a test tells it, and remembers what it was asked.</summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private FeedServer(WebApplication application) => _application = application;

    public Uri Address => new(_application.Urls.Single());

    public ConcurrentQueue<(string Path, string? IfNoneMatch)> Requests { get; } = new();

    public static async Task<FeedServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        var server = new FeedServer(application);
        application.Run(context =>
        {
            server.Requests.Enqueue((context.Request.Path.Value!, context.Request.Headers.IfNoneMatch));
            return answer(context);
        });
        await application.StartAsync();
        return server;
    }

    /// <summary>Serves files by path, each with an ETag of its content; 404 for others.</summary>
    public static Task<FeedServer> StartAsync(IDictionary<string, byte[]> files) => StartAsync(async context =>
    {
        if (!files.TryGetValue(context.Request.Path.Value!.TrimStart('/'), out var content))
        {
            context.Response.StatusCode = 404;
            return;
        }

        var tag = $"\"{Convert.ToHexStringLower(System.IO.Hashing.XxHash64.Hash(content))}\"";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = 304;
            return;
        }

        await context.Response.Body.WriteAsync(content);
    });

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();
}
