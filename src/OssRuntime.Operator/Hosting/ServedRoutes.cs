using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OssRuntime.Kubernetes.Health;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Metrics;

namespace OssRuntime.Operator.Hosting;

/// <summary>
/// What is served: <c>/livez</c>, <c>/readyz</c> and <c>/metrics</c> in plain text, and over TLS the webhooks and nothing else.
/// </summary>
internal static class ServedRoutes
{
    /// <summary>Adds the routes to the program.</summary>
    public static void Map(WebApplication app, OperatorMetrics metrics, Readiness readiness, Liveness liveness, IWebhookServing? webhooks)
    {
        app.MapWhen(context => context.Request.IsHttps, secure =>
        {
            secure.Use((context, next) => readiness.IsServing ? next(context) : Refuse(context));
            secure.UseRouting();
            secure.UseEndpoints(routes => webhooks?.Map(routes));
        });
        app.UseRouting();
        app.MapGet("/livez", () => liveness.FindStuck() is { } stuck ? Answer(false, stuck) : Answer(true, "ok"));
        app.MapGet("/readyz", () => Answer(readiness.IsReady, readiness.Text));
        app.MapGet("/metrics", async (HttpContext context) =>
        {
            context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            await metrics.ExportAsync(context.Response.Body, context.RequestAborted);
        });
    }

    private static IResult Answer(bool holds, string text) => Results.Text(text, statusCode: holds ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);

    // The API server goes by the webhooks' failure policy.
    private static Task Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsync("the caches are not filled yet", context.RequestAborted);
    }
}
