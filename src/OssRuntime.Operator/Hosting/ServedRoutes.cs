using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OssRuntime.Operator.Composition;

namespace OssRuntime.Operator.Hosting;

/// <summary>
/// What is served: <c>/livez</c>, <c>/readyz</c> and <c>/metrics</c> in plain text, and over TLS the webhooks and nothing else.
/// </summary>
internal static class ServedRoutes
{
    /// <summary>Adds the routes to the program.</summary>
    public static void Map(WebApplication app, OperatorBuilder house, Readiness readiness, MetricsGate? gate)
    {
        app.MapWhen(context => context.Request.IsHttps, secure =>
        {
            secure.Use((context, next) => house.Webhooks?.Enter(context) == true ? Welcome(context, next) : Hide(context));
            secure.Use((context, next) => readiness.IsServing ? next(context) : Refuse(context));
            secure.UseRouting();
            secure.UseEndpoints(routes => house.Webhooks?.Map(routes));
        });
        app.UseRouting();
        app.MapGet("/livez", () => house.Liveness.FindStuck() is { } stuck ? Answer(false, stuck) : Answer(true, "ok"));
        app.MapGet("/readyz", () => Answer(readiness.IsReady, readiness.Text));
        app.MapGet("/metrics", async (HttpContext context) =>
        {
            var status = gate is null ? StatusCodes.Status200OK : await gate.AskAsync(context.Request.Headers.Authorization, context.RequestAborted);
            if (status != StatusCodes.Status200OK)
            {
                context.Response.StatusCode = status;
                context.Response.Headers.WWWAuthenticate = status == StatusCodes.Status401Unauthorized ? "Bearer" : default;
                return;
            }

            context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            await house.Metrics.ExportAsync(context.Response.Body, context.RequestAborted);
        });
    }

    private static Task Welcome(HttpContext context, RequestDelegate next)
    {
        ConnectionLimit.Vouch(context.Features);
        return next(context);
    }

    private static IResult Answer(bool holds, string text) => Results.Text(text, statusCode: holds ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);

    // Who was not told the path learns nothing, and what he sends is not read.
    private static Task Hide(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.Headers.Connection = "close";
        return Task.CompletedTask;
    }

    // The API server goes by the webhooks' failure policy.
    private static Task Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsync("the caches are not filled yet", context.RequestAborted);
    }
}
