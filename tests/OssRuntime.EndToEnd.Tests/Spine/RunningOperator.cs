using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Hosting;
using OssRuntime.Operator;

namespace OssRuntime.EndToEnd.Tests.Spine;

/// <summary>The operator in this process, against a real API server.</summary>
internal sealed class RunningOperator : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ControllerMetrics _metrics = new();
    private readonly KubernetesConnection _connection;
    private readonly HttpClient _http = new();
    private readonly Task _run;

    public RunningOperator(string kubeconfig, OperatorOptions options)
    {
        _connection = KubernetesConnection.FromKubeconfig(kubeconfig, environment: new ControllerEnvironment { Metrics = _metrics });
        var host = new OperatorHost(options with { Listen = "http://127.0.0.1:0" }, _connection)
        {
            Listening = addresses => _address.TrySetResult(addresses.First()),
        };
        _run = host.RunAsync(_stop.Token);
    }

    public async Task<string> GetAsync(string path) => await _http.GetStringAsync(new Uri($"{await _address.Task}{path}"));

    /// <summary>The sum of a metric's series that contain the text; 0 where there is none.</summary>
    public async Task<double> SumAsync(string name, string containing = "")
    {
        var lines = (await GetAsync("/metrics")).Split('\n');
        return lines.Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(containing, StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _http.Dispose();
        _connection.Dispose();
        _metrics.Dispose();
        _stop.Dispose();
    }
}
