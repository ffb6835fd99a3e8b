using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using OssRuntime.Stage.Workloads;

namespace OssRuntime.EndToEnd.Tests.Spine;

/// <summary>
/// A restart over many workloads, one of which has an owner that the server cannot read, while the API server stalls for half a minute: every report stays current, nothing is
/// written again, and the probes tell the truth throughout. <c>OSSRUNTIME_RESTART_WORKLOADS</c> says how many (100).
/// </summary>
public sealed partial class RestartTests(SpineStage stage) : IClassFixture<SpineStage>
{
    private const string Space = "restarts";

    // Reading a Tower under the version that pods name asks a webhook that nobody serves.
    private const string Towers = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: towers.stuck.example}
        spec:
          group: stuck.example
          scope: Namespaced
          names: {kind: Tower, plural: towers, singular: tower}
          conversion:
            strategy: Webhook
            webhook: {conversionReviewVersions: [v1], clientConfig: {url: "https://127.0.0.1:1/convert"}}
          versions:
            - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}
            - {name: v1beta1, served: true, storage: false, schema: {openAPIV3Schema: {type: object}}}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: reads-towers}
        rules: [{apiGroups: [stuck.example], resources: [towers], verbs: [get]}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: reads-towers}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reads-towers}
        subjects: [{kind: ServiceAccount, name: ossruntime, namespace: ossruntime}]
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: restarts}
        """;

    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Every_report_stays_current_and_nothing_is_written_again_through_a_restart_in_which_the_server_stalls()
    {
        var many = int.Parse(Environment.GetEnvironmentVariable("OSSRUNTIME_RESTART_WORKLOADS") ?? "100", CultureInfo.InvariantCulture);
        await new ManifestApplier(stage.Client).ApplyAsync(Towers);
        await CreatePodsAsync(many);
        SortedDictionary<string, string> before;
        await using (var first = stage.StartOperator(options => options))
        {
            await UntilAsync(async () => await ReportsAsync() == many + 1, "a report for each workload");
            await first.SettledAsync(TimeSpan.FromMinutes(6));
            before = await stage.WrittenAsync();
        }

        Assert.Equal("OwnerUnreadable", (await ReportAsync("tower-"))!.ReasonOf("OwnersRead"));

        // The restart: everything is listed and looked at anew, and in the middle of it the server stalls.
        var kubeconfig = await File.ReadAllTextAsync(stage.OperatorKubeconfig);
        await using var proxy = new StallingProxy(int.Parse(ServerPort().Match(kubeconfig).Groups[1].Value, CultureInfo.InvariantCulture));
        var proxied = Path.Combine(stage.Folder, "proxied.kubeconfig");
        await File.WriteAllTextAsync(proxied, ServerPort().Replace(kubeconfig, $"server: https://127.0.0.1:{proxy.Port}"));
        await using var second = new RunningOperator(proxied, stage.Options);
        await second.GetAsync("/livez");
        proxy.Stall();
        var watched = Stopwatch.StartNew();
        while (watched.Elapsed < Stall)
        {
            Assert.Equal("ok", await second.GetAsync("/livez"));
            await second.GetAsync("/metrics");
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }

        proxy.Resume();
        await UntilAsync(async () => await IsReadyAsync(second), "the operator to be ready");
        await UntilAsync(async () => await second.SumAsync("leader_election_master_status") == 1, "the operator to lead");
        await UntilAsync(async () => await second.GetAsync("/metrics") is var text && text.Contains("ossruntime_start_pods_left 0", StringComparison.Ordinal), "every pod to be looked at");
        await second.SettledAsync(TimeSpan.FromMinutes(6));
        Assert.Equal("ok", await second.GetAsync("/readyz"));
        Assert.Equal(before, await stage.WrittenAsync());
        var series = (await second.GetAsync("/metrics")).Split('\n').Count(line => line.StartsWith($"ossruntime_workload_malicious{{namespace=\"{Space}\"", StringComparison.Ordinal));
        Assert.Equal(many + 1, series);
    }

    [GeneratedRegex(@"server: https://127\.0\.0\.1:(\d+)", RegexOptions.None, 1000)]
    private static partial Regex ServerPort();

    private static async Task<bool> IsReadyAsync(RunningOperator running)
    {
        try
        {
            await running.GetAsync("/readyz");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(6), $"waited six minutes for: {what}");
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }
    }

    private async Task<int> ReportsAsync() => (await stage.ListAsync("workloadreports")).Count(report =>
        report.Metadata.NamespaceProperty == Space && report.ReasonOf("Covered") == "AllImagesInventoried");

    private async Task<SpineReport?> ReportAsync(string prefix) => (await stage.ListAsync("workloadreports")).SingleOrDefault(report =>
        report.Metadata.NamespaceProperty == Space && report.Metadata.Name.StartsWith(prefix, StringComparison.Ordinal));

    private async Task CreatePodsAsync(int many)
    {
        await UntilAsync(
            async () => (await stage.Client.CoreV1.ListNamespacedServiceAccountAsync(Space)).Items.Any(account => account.Metadata.Name == "default" && account.Secrets?.Count > 0),
            "the namespace's service account");
        var owner = (System.Text.Json.JsonElement)await stage.Client.CustomObjects.CreateNamespacedCustomObjectAsync(
            new Dictionary<string, object> { ["apiVersion"] = "stuck.example/v1", ["kind"] = "Tower", ["metadata"] = new Dictionary<string, string> { ["name"] = "stuck" } },
            "stuck.example",
            "v1",
            Space,
            "towers");
        var uid = owner.GetProperty("metadata").GetProperty("uid").GetString();
        await stage.Client.CoreV1.CreateNamespacedPodAsync(
            Pod("stuck-0", new V1OwnerReference { ApiVersion = "stuck.example/v1beta1", Kind = "Tower", Name = "stuck", Uid = uid, Controller = true }), Space);
        foreach (var number in Enumerable.Range(0, many))
        {
            await stage.Client.CoreV1.CreateNamespacedPodAsync(Pod($"load-{number:0000}"), Space);
        }
    }

    private V1Pod Pod(string name, params V1OwnerReference[] owners) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, OwnerReferences = owners },
        Spec = new V1PodSpec { Containers = [new V1Container { Name = "main", Image = $"{stage.Stage.Registry!.Address}/shop/python:1", Command = ["sleep", "infinity"] }] },
    };
}
