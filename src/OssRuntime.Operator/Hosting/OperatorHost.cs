using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Composition;

namespace OssRuntime.Operator.Hosting;

/// <summary>
/// The operator as a program: what it consists of (<see cref="OperatorFeatures"/>), what it serves (<see cref="ServedRoutes"/>), what it does
/// (<see cref="OperatorService"/>). Lifetime, signals and servers are the generic host's.
/// </summary>
internal sealed class OperatorHost(OperatorOptions options, KubernetesConnection connection)
{
    // An API server keeps a handful of connections.
    private const int MostConnections = 512;
    private const int MostStrangers = 256;
    private const int MostStrangersOfAddress = 32;

    // Go's clients close their own idle connections after 90 seconds.
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan LongestHeaders = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestHandshake = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(25);

    private readonly TaskCompletionSource<IReadOnlyCollection<string>> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string?> _webhooks = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where metrics and health are served, once they are; a port of 0 in the option became a real one.</summary>
    public Task<IReadOnlyCollection<string>> Listening => _listening.Task;

    /// <summary>Where webhooks are served, over TLS; null where there are none.</summary>
    public Task<string?> Webhooks => _webhooks.Task;

    /// <summary>Runs until cancelled or told to stop by a signal.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var house = new OperatorBuilder(options, connection);
        foreach (var feature in OperatorFeatures.All)
        {
            feature.Install(house);
        }

        var readiness = new Readiness(house.State.Backlog, house.Cluster.Informers);
        var service = new OperatorService(house, readiness);
        await using var app = Build(house, service);
        using var gate = options.MetricsOpen ? null : new MetricsGate(connection);
        ServedRoutes.Map(app, house, readiness, gate);
        await app.StartAsync(cancel);
        _listening.TrySetResult([.. app.Urls.Where(url => url.StartsWith("http:", StringComparison.Ordinal))]);
        _webhooks.TrySetResult(app.Urls.FirstOrDefault(url => url.StartsWith("https:", StringComparison.Ordinal)));
        await app.WaitForShutdownAsync(cancel);

        // What it failed with is the program's failure.
        await (service.ExecuteTask ?? Task.CompletedTask).ConfigureAwait(false);
    }

    private WebApplication Build(OperatorBuilder house, OperatorService service)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(connection.Environment.Loggers);
        builder.Services.AddRoutingCore();
        builder.Services.AddHostedService(_ => service);
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.AdmissionDrain + LongestStop);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            Listen(kestrel, house.Webhooks);
        });
        return builder.Build();
    }

    private void Listen(KestrelServerOptions kestrel, IWebhookServing? webhooks)
    {
        var plain = BindingAddress.Parse(options.Listen);
        if (IPAddress.TryParse(plain.Host, out var address))
        {
            kestrel.Listen(address, plain.Port);
        }
        else if (plain.Host == "localhost")
        {
            kestrel.ListenLocalhost(plain.Port);
        }
        else
        {
            kestrel.ListenAnyIP(plain.Port);
        }

        if (webhooks is null)
        {
            return;
        }

        // An error would let in what is too large. Reviews have limits of their own, and an answer beyond them.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.KeepAliveTimeout = LongestIdle;
        kestrel.Limits.RequestHeadersTimeout = LongestHeaders;
        var limit = new ConnectionLimit(MostConnections, MostStrangers, MostStrangersOfAddress);
        kestrel.Listen(webhooks.Listen, socket =>
        {
            socket.Use(next => connection => limit.ServeAsync(connection, next));
            socket.UseHttps(new TlsHandshakeCallbackOptions
            {
                HandshakeTimeout = LongestHandshake,
                OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = webhooks.Certificate }),
            });
        });
    }
}
