using System.Net;
using System.Text;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Metrics;
using Prometheus;

namespace OssRuntime.Operator.Tests.Metrics;

/// <summary>Who reads only the metrics learns that an object is older than what is known.</summary>
public sealed class WriteMetricsTests
{
    private const string Kind = "WorkloadReport";

    private static readonly ObjectKey Web = new("shop", "deployment-web");
    private static readonly ObjectKey Api = new("shop", "deployment-api");

    private readonly CollectorRegistry _registry = Prometheus.Metrics.NewCustomRegistry();
    private readonly WriteMetrics _metrics;

    public WriteMetricsTests() => _metrics = new WriteMetrics(Prometheus.Metrics.WithCustomRegistry(_registry));

    [Fact]
    public async Task A_refusal_is_counted_by_its_reason_goes_on_to_the_caller_and_stands_until_a_write_succeeds()
    {
        var refusal = new ApiException(HttpStatusCode.Forbidden, new ApiStatus { Reason = "Forbidden" }, null, "PATCH /x");
        Assert.Same(refusal, await Assert.ThrowsAsync<ApiException>(() => Fail(Web, refusal)));
        await Assert.ThrowsAsync<ApiException>(() => Fail(Web, refusal));
        await Assert.ThrowsAsync<HttpRequestException>(() => Fail(Api, new HttpRequestException("no answer")));
        Assert.Equal((2, "2", "1"), (await UnwrittenAsync(), await FailuresAsync("Forbidden"), await FailuresAsync("HttpRequestException")));

        await _metrics.WatchAsync(Kind, Web, () => Task.CompletedTask);
        Assert.Equal((1, "2"), (await UnwrittenAsync(), await FailuresAsync("Forbidden")));
    }

    [Fact]
    public async Task Who_is_cancelled_has_not_failed()
    {
        await Assert.ThrowsAsync<OperationCanceledException>(() => Fail(Web, new OperationCanceledException()));
        Assert.Equal(0, await UnwrittenAsync());
    }

    [Fact]
    public async Task What_nobody_wants_written_any_more_is_not_waited_for()
    {
        await Assert.ThrowsAsync<HttpRequestException>(() => Fail(Web, new HttpRequestException("no answer")));
        _metrics.Forget(Kind, Web);
        Assert.Equal(0, await UnwrittenAsync());
    }

    private Task Fail(ObjectKey key, Exception error) => _metrics.WatchAsync(Kind, key, () => Task.FromException(error));

    private async Task<int> UnwrittenAsync() => int.Parse((await ValueAsync($"ossruntime_reports_unwritten{{kind=\"{Kind}\"}} "))!);

    private Task<string?> FailuresAsync(string reason) => ValueAsync($"ossruntime_report_write_failures_total{{kind=\"{Kind}\",reason=\"{reason}\"}} ");

    private async Task<string?> ValueAsync(string series)
    {
        _metrics.Refresh();
        using var output = new MemoryStream();
        await _registry.CollectAndExportAsTextAsync(output, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray()).Split('\n').SingleOrDefault(line => line.StartsWith(series, StringComparison.Ordinal))?[series.Length..];
    }
}
