using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OssRuntime.Operator.Metrics;

namespace OssRuntime.Operator.Hosting;

/// <summary>Serves <c>/livez</c>, <c>/readyz</c> and <c>/metrics</c>.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    public HttpServer(string listen, OperatorMetrics metrics, Readiness readiness, ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseUrls(listen);
        _app = builder.Build();
        _app.UseRouting();
        _app.MapGet("/livez", () => Results.Text("ok"));
        _app.MapGet("/readyz", () => readiness.WaitingFor is { } what
            ? Results.Text($"waiting for {what}", statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("ok"));
        _app.MapGet("/metrics", async (HttpContext context) =>
        {
            context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            await metrics.ExportAsync(context.Response.Body, context.RequestAborted);
        });
    }

    /// <summary>Where it listens, once started; a port of 0 in the option became a real one.</summary>
    public IReadOnlyCollection<string> Addresses => [.. _app.Urls];

    public Task StartAsync(CancellationToken cancel) => _app.StartAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
