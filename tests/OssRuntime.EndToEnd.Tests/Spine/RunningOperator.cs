using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Hosting;

namespace OssRuntime.EndToEnd.Tests.Spine;

/// <summary>The operator in this process, against a real API server.</summary>
internal sealed class RunningOperator : IAsyncDisposable
{
    private static readonly string[] Busy = ["workqueue_depth", "controller_runtime_active_workers"];

    private readonly CancellationTokenSource _stop = new();
    private readonly ControllerMetrics _metrics = new();

    // What it complains of belongs to a failed test's output.
    private readonly ILoggerFactory _loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning));
    private readonly KubernetesConnection _connection;
    private readonly HttpClient _http = new();
    private readonly OperatorHost _host;
    private readonly Task _run;

    public RunningOperator(string kubeconfig, OperatorOptions options, TimeProvider? time = null)
    {
        _connection = KubernetesConnection.FromKubeconfig(kubeconfig, environment: new ControllerEnvironment { Metrics = _metrics, Loggers = _loggers, Time = time ?? TimeProvider.System });
        _host = new OperatorHost(options with { Listen = "http://127.0.0.1:0", MetricsOpen = true }, _connection);
        _run = _host.RunAsync(_stop.Token);
    }

    public async Task<string> GetAsync(string path) => await _http.GetStringAsync(new Uri($"{await AddressAsync()}{path}"));

    // Whoever asks one that has failed is told with what.
    private async Task<string> AddressAsync()
    {
        if (await Task.WhenAny(_host.Listening, _run) == _run)
        {
            await _run;
        }

        return (await _host.Listening).First();
    }

    /// <summary>The sum of a metric's series that contain the text; 0 where there is none.</summary>
    public async Task<double> SumAsync(string name, string containing = "")
    {
        var lines = (await GetAsync("/metrics")).Split('\n');
        return lines.Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(containing, StringComparison.Ordinal))
            .Sum(ValueOf);
    }

    private static double ValueOf(string line) => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);

    /// <summary>Waits until nothing is left to do: for a second no key was queued or worked on and nothing was applied. A failure names what kept it busy.</summary>
    public async Task SettledAsync(TimeSpan? longest = null)
    {
        var waited = Stopwatch.StartNew();
        var (calm, applied, busiest) = (0, -1d, "");
        while (calm < 10)
        {
            var lines = (await GetAsync("/metrics")).Split('\n');
            var busy = lines.Where(line => Busy.Any(name => line.StartsWith(name, StringComparison.Ordinal)) && !line.EndsWith(" 0", StringComparison.Ordinal)).ToArray();
            var now = lines.Where(line => line.StartsWith("applier_applies_total", StringComparison.Ordinal)).Sum(ValueOf);
            busiest = busy.Length > 0 ? string.Join(", ", busy) : now != applied ? $"applies went from {applied} to {now}" : busiest;
            (calm, applied) = (busy.Length == 0 && now == applied ? calm + 1 : 0, now);
            Assert.True(waited.Elapsed < (longest ?? TimeSpan.FromMinutes(1)), $"the operator did not settle; last: {busiest}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _http.Dispose();
        _connection.Dispose();
        _metrics.Dispose();
        _loggers.Dispose();
        _stop.Dispose();
    }
}
