using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Operator.Composition;

namespace OssRuntime.Operator.Hosting;

/// <summary>What the command does: connects to the cluster and runs the operator there.</summary>
internal static class OperatorProgram
{
    /// <summary>Runs until cancelled or told to stop by a signal, and returns the exit code.</summary>
    public static async Task<int> RunAsync(OperatorOptions options, CancellationToken cancel)
    {
        using var loggers = LoggerFactory.Create(logging => Configure(logging, options));
        using var metrics = new ControllerMetrics();
        var environment = new ControllerEnvironment { Loggers = loggers, Metrics = metrics };
        using var connection = options.Kubeconfig is null && KubernetesConnection.IsInCluster
            ? KubernetesConnection.InCluster(environment)
            : KubernetesConnection.FromKubeconfig(options.Kubeconfig, environment: environment);
        var host = new OperatorHost(options, connection);
        var run = host.RunAsync(cancel);
        if (await Task.WhenAny(host.Listening, run) == host.Listening)
        {
            await Console.Out.WriteLineAsync($"listening on {string.Join(' ', await host.Listening)}");
        }

        await run;
        return 0;
    }

    private static void Configure(ILoggingBuilder logging, OperatorOptions options)
    {
        logging.SetMinimumLevel(options.LogLevel).AddFilter("Microsoft", LogLevel.Warning);
        if (options.LogFormat == LogFormat.Json)
        {
            logging.AddJsonConsole();
        }
        else
        {
            logging.AddSimpleConsole(console => console.SingleLine = true);
        }
    }
}
