using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Operator.Hosting;

return await OperatorCommand.Create(RunAsync).Parse(args).InvokeAsync();

static async Task<int> RunAsync(OperatorOptions options, CancellationToken cancel)
{
    using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
    {
        signal.Cancel = true;
        stop.Cancel();
    });
    using var loggers = LoggerFactory.Create(logging => logging
        .AddSimpleConsole(console => console.SingleLine = true)
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning));
    using var metrics = new ControllerMetrics();
    var environment = new ControllerEnvironment { Loggers = loggers, Metrics = metrics };
    using var connection = options.Kubeconfig is null && KubernetesConnection.IsInCluster
        ? KubernetesConnection.InCluster(environment)
        : KubernetesConnection.FromKubeconfig(options.Kubeconfig, environment: environment);
    var host = new OperatorHost(options, connection)
    {
        Listening = addresses => Console.Out.WriteLine($"listening on {string.Join(' ', addresses)}"),
    };
    await host.RunAsync(stop.Token);
    return 0;
}
