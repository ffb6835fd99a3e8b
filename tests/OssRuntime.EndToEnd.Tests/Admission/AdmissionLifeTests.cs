using System.Collections.Concurrent;
using System.Diagnostics;
using OssRuntime.EndToEnd.Tests.Spine;
using OssRuntime.Operator.DenyLists;

namespace OssRuntime.EndToEnd.Tests.Admission;

/// <summary>Replicas come and go, or are away: what the API server then answers.</summary>
[Collection(AdmissionCollection.Name)]
public sealed class AdmissionLifeTests(AdmissionCluster cluster, ITestOutputHelper output) : IAsyncLifetime
{
    private const string Pods = "api/v1/namespaces/life/pods";

    private string _clean = "";
    private string _bad = "";

    public async ValueTask InitializeAsync()
    {
        await cluster.PublishAsync(AdmissionCluster.Advisory("CVE-2021-1", "bad"));
        _clean = cluster.Push("life/clean", "1", "good");
        _bad = cluster.Push("life/bad", "1", "bad");
        await cluster.SpaceAsync("life");
        await cluster.Applier.ApplyAsync(
            "{apiVersion: ossruntime.io/v1alpha1, kind: RiskPolicy, metadata: {name: life}, spec: {selector: {namespaces: [life]}, action: Deny, unknownImages: Deny, runningGrace: false, rules: [{name: severe, severity: Critical}]}}");
    }

    public async ValueTask DisposeAsync()
    {
        cluster.Only = null;
        await cluster.StopAllAsync();
    }

    [Fact]
    public async Task While_both_replicas_are_restarted_under_load_nothing_is_refused_or_let_in_wrongly()
    {
        var replicas = new[] { cluster.Start(), cluster.Start() };
        await cluster.ServedByAsync(2);
        await KnownAsync();
        var (wrong, times) = (new ConcurrentBag<string>(), new ConcurrentBag<double>());
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            for (var i = worker; !stop.IsCancellationRequested; i++)
            {
                var bad = i % 2 == 0;
                var started = Stopwatch.GetTimestamp();
                var seen = await AskAsync(bad ? _bad : _clean);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                if (seen.Decision != (bad ? "denied" : "allowed"))
                {
                    wrong.Add($"{(bad ? "bad" : "clean")}: {seen.Decision}");
                }
            }
        })).ToArray();

        foreach (var replica in replicas)
        {
            await cluster.StopAsync(replica);
            var next = cluster.Start();
            await next.ReadyAsync();
            await cluster.ServedByAsync(2);
        }

        await stop.CancelAsync();
        await Task.WhenAll(load);
        var sorted = times.Order().ToList();
        output.WriteLine($"{sorted.Count} answers while both replicas were restarted, {wrong.Count} wrong; round trip through the API server p50 {sorted[sorted.Count / 2]:0.0} ms, p99 {sorted[sorted.Count * 99 / 100]:0.0} ms, most {sorted[^1]:0.0} ms");
        Assert.Empty(wrong.Distinct());
        Assert.True(sorted.Count > 100);
        Assert.Contains(File.ReadLines(cluster.Cluster.AuditLog!), line => line.Contains("pods.ossruntime.io/findings", StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_no_replica_answers_pods_start_and_exceptions_wait()
    {
        await cluster.ServedByAsync(0);
        Assert.Equal("allowed", (await AskAsync(_bad)).Decision);
        var exception = await cluster.Alice.CreateAsync(
            "apis/ossruntime.io/v1alpha1/namespaces/life/riskexceptions",
            """{"apiVersion":"ossruntime.io/v1alpha1","kind":"RiskException","metadata":{"name":"forged"},"spec":{"advisories":["*"],"reason":"x","expires":"2099-01-01T00:00:00Z","approved":true,"requestedBy":"bob","approvedBy":"carol"}}""");
        Assert.Equal(500, exception.Code);
        Assert.Contains("failed calling webhook", exception.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_denied_images_follows_what_is_denied()
    {
        cluster.Start(options => options with { DeniedImages = "ossruntime-denied-images" });
        await cluster.ServedByAsync(1);
        await KnownAsync();
        var digest = _bad[(_bad.IndexOf('@', StringComparison.Ordinal) + 1)..];
        await SpineStage.EventuallyAsync(
            async () =>
            {
                var seen = await cluster.Admin.GetAsync($"api/v1/namespaces/{AdmissionCluster.Namespace}/configmaps/ossruntime-denied-images");
                if (seen.Code != 200)
                {
                    return false;
                }

                using var map = System.Text.Json.JsonDocument.Parse(seen.Text);
                var data = map.RootElement.GetProperty("data");
                return data.TryGetProperty("life", out var list) && data.TryGetProperty($"{list.GetString()}.{DenyList.KeyOf(digest)}", out _)
                    && !seen.Text.Contains(DenyList.KeyOf(_clean[(_clean.IndexOf('@', StringComparison.Ordinal) + 1)..]), StringComparison.Ordinal);
            },
            "the bad image to be listed");
    }

    [Fact]
    public async Task The_operator_does_at_admission_what_the_chart_allows_and_is_refused_nothing()
    {
        cluster.Start();
        await cluster.ServedByAsync(1);
        await KnownAsync();
        var refused = OssRuntime.Stage.Clusters.AuditedRequest.ReadAll(cluster.Cluster.AuditLog!)
            .Where(request => request.User == AdmissionCluster.OperatorUser && request.Code == 403)
            .Select(request => $"{request.Verb} {request.Path}").Distinct().ToList();
        Assert.Empty(refused);
    }

    // Both images are asked for at admission, read and judged.
    private Task KnownAsync() => SpineStage.EventuallyAsync(
        async () =>
        {
            var (clean, bad) = (await cluster.Alice.CreateAsync(Pods, cluster.Pod([_clean])), await cluster.Alice.CreateAsync(Pods, cluster.Pod([_bad])));
            return clean.Decision == "allowed" && bad.Text.Contains("life/severe", StringComparison.Ordinal);
        },
        "both images to be known");

    private Task<AdmissionAnswerSeen> AskAsync(string image) => cluster.Alice.CreateAsync(Pods, cluster.Pod([image]), dryRun: true);
}
