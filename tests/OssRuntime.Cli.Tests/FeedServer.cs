using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace OssRuntime.Cli.Tests;

/// <summary>A server with the files of a feed root.</summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private FeedServer(WebApplication application) => _application = application;

    public string Address => _application.Urls.Single();

    public static async Task<FeedServer> StartAsync(IReadOnlyDictionary<string, string> files)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        application.Run(async context =>
        {
            if (files.TryGetValue(context.Request.Path.Value!.TrimStart('/'), out var content))
            {
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(content));
                return;
            }

            context.Response.StatusCode = 404;
        });
        await application.StartAsync();
        return new FeedServer(application);
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();
}
