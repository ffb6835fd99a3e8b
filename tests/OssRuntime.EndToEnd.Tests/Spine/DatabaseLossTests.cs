using System.Diagnostics;
using System.Globalization;
using k8s;
using k8s.Models;

namespace OssRuntime.EndToEnd.Tests.Spine;

/// <summary>
/// The operator starts over many workloads without a database, and then with one: no report loses a finding, and no series that alerts stand on changes.
/// <c>OSSRUNTIME_RESTART_WORKLOADS</c> says how many (100).
/// </summary>
public sealed class DatabaseLossTests(SpineStage stage) : IClassFixture<SpineStage>
{
    private const string Space = "losses";

    [Fact]
    public async Task Starts_without_and_then_with_a_database_lose_no_finding_and_change_no_series()
    {
        var many = int.Parse(Environment.GetEnvironmentVariable("OSSRUNTIME_RESTART_WORKLOADS") ?? "100", CultureInfo.InvariantCulture);
        await stage.Client.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new V1ObjectMeta { Name = Space } });
        await CreatePodsAsync(many);
        List<string> series;
        SortedDictionary<string, string> reports;
        await using (var first = stage.StartOperator(options => options))
        {
            await UntilAsync(async () => (await stage.ListAsync("workloadreports")).Count(report => report.Metadata.NamespaceProperty == Space && report.ReasonOf("Covered") == "AllImagesInventoried") == many, "a report for each workload");
            await UntilAsync(async () => await IsIdleAsync(first), "the operator to settle");
            (series, reports) = (await SeriesAsync(first), await ReportsAsync());
        }

        Assert.True(series.Count >= 10 * many, $"{series.Count} series");
        Assert.Contains(reports.Values, report => report.Contains("CVE-", StringComparison.Ordinal));

        // The inventories are kept; the database and the copy of it are gone.
        var database = await File.ReadAllBytesAsync(stage.DatabasePath, TestContext.Current.CancellationToken);
        File.Delete(stage.DatabasePath);
        File.Delete(Path.Combine(stage.Options.StateFolder, "adopted.db"));
        await using (var without = stage.StartOperator(options => options))
        {
            await UntilAsync(async () => (await stage.ListAsync("workloadreports")).Where(report => report.Metadata.NamespaceProperty == Space).All(report => report.ReasonOf("Covered") == "NoDatabase"), "each report to be marked stale");
            await UntilAsync(async () => await IsIdleAsync(without), "the operator to settle");
            Assert.Equal(series, await SeriesAsync(without));
            Assert.Equal(reports, await ReportsAsync());
            Assert.DoesNotContain("\nossruntime_advisory_database_built_timestamp_seconds ", await without.GetAsync("/metrics"), StringComparison.Ordinal);
        }

        await File.WriteAllBytesAsync(stage.DatabasePath, database, TestContext.Current.CancellationToken);
        await using var with = stage.StartOperator(options => options);
        await UntilAsync(async () => (await stage.ListAsync("workloadreports")).Where(report => report.Metadata.NamespaceProperty == Space).All(report => report.ReasonOf("Covered") == "AllImagesInventoried"), "each report to be current");
        await UntilAsync(async () => await IsIdleAsync(with), "the operator to settle");
        Assert.Equal(series, await SeriesAsync(with));
        Assert.Equal(reports, await ReportsAsync());
    }

    private async Task CreatePodsAsync(int many)
    {
        await UntilAsync(
            async () => (await stage.Client.CoreV1.ListNamespacedServiceAccountAsync(Space)).Items.Any(account => account.Metadata.Name == "default" && account.Secrets?.Count > 0),
            "the namespace's service account");
        foreach (var number in Enumerable.Range(0, many))
        {
            await stage.Client.CoreV1.CreateNamespacedPodAsync(
                new V1Pod
                {
                    Metadata = new V1ObjectMeta { Name = $"load-{number:0000}" },
                    Spec = new V1PodSpec { Containers = [new V1Container { Name = "main", Image = $"{stage.Stage.Registry!.Address}/shop/python:1", Command = ["sleep", "infinity"] }] },
                },
                Space);
        }
    }

    private async Task<SortedDictionary<string, string>> ReportsAsync()
    {
        var reports = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var report in (await stage.ListAsync("workloadreports")).Where(report => report.Metadata.NamespaceProperty == Space))
        {
            reports[report.Metadata.Name] = report.Report.ToString()!;
        }

        return reports;
    }

    private static async Task<List<string>> SeriesAsync(RunningOperator running) =>
    [
        .. (await running.GetAsync("/metrics")).Split('\n')
            .Where(line => line.StartsWith("ossruntime_workload_", StringComparison.Ordinal) && line.Contains($"namespace=\"{Space}\"", StringComparison.Ordinal))
            .Where(line => !line.StartsWith("ossruntime_workload_days_until_end_of_life", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    private static async Task<bool> IsIdleAsync(RunningOperator running) =>
        await running.SumAsync("leader_election_master_status") == 1
        && await running.SumAsync("ossruntime_start_pods_left") == 0
        && await running.SumAsync("workqueue_depth") + await running.SumAsync("controller_runtime_active_workers") == 0;

    private static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(6), $"waited six minutes for: {what}");
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }
    }
}
