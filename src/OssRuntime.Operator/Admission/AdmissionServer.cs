using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OssRuntime.Operator.Admission;

/// <summary>
/// Serves the webhooks over TLS: <c>/pods</c>, <c>/policies</c>, <c>/exceptions</c>, and <c>/gatekeeper</c> for Gatekeeper. The certificate is asked for at each connection, so that a new one
/// needs no restart.
/// </summary>
internal sealed class AdmissionServer : IAsyncDisposable
{
    // The API server takes objects of 3 MiB; a review carries two of them.
    private const long LargestReview = 8 * 1024 * 1024;

    // An API server keeps a handful.
    private const int MostConnections = 512;

    private readonly WebApplication _app;

    public AdmissionServer(IPEndPoint listen, WebhookCertificate certificate, AdmissionEndpoint endpoint, ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
        {
            options.Limits.MaxRequestBodySize = LargestReview;
            options.Limits.MaxConcurrentConnections = MostConnections;
            options.AddServerHeader = false;
            options.Listen(listen, socket => socket.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Context }),
            }));
        });
        _app = builder.Build();
        _app.UseRouting();
        _app.MapPost("/pods", (HttpContext context) => endpoint.AnswerAsync(context, endpoint.DecidePods));
        _app.MapPost("/policies", (HttpContext context) => endpoint.AnswerAsync(context, AdmissionEndpoint.DecidePolicy));
        _app.MapPost("/gatekeeper", endpoint.AnswerProviderAsync);
        _app.MapPost("/exceptions", (HttpContext context) => endpoint.AnswerAsync(context, endpoint.DecideException));
    }

    /// <summary>Where it listens, once started.</summary>
    public IReadOnlyCollection<string> Addresses => [.. _app.Urls];

    public Task StartAsync(CancellationToken cancel) => _app.StartAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
