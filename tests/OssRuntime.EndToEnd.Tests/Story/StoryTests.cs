using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using OssRuntime.EndToEnd.Tests.Admission;
using OssRuntime.EndToEnd.Tests.Spine;
using OssRuntime.Stage;
using OssRuntime.Stage.Alerts;

namespace OssRuntime.EndToEnd.Tests.Story;

/// <summary>
/// One image's life, on a real API server with people who have different rights: it is admitted; an advisory arrives; the report turns Immediate because the
/// workload is exposed; the alert fires; a new rollout is denied; an exception is asked for, approved by somebody else, works, ends, and it is denied again.
/// </summary>
[Collection(AdmissionCollection.Name)]
public sealed class StoryTests(AdmissionCluster cluster, ITestOutputHelper output) : IAsyncLifetime
{
    private const string Space = "story";
    private const string Flaw = "CVE-2026-10001";
    private const string Pods = $"api/v1/namespaces/{Space}/pods";
    private const string Exceptions = $"apis/ossruntime.io/v1alpha1/namespaces/{Space}/riskexceptions";

    public async ValueTask InitializeAsync()
    {
        await cluster.PublishAsync([AdmissionCluster.Advisory("CVE-2026-9999", "something-else")], []);
        await cluster.SpaceAsync(Space);
        await cluster.Applier.ApplyAsync(
            $"{{apiVersion: ossruntime.io/v1alpha1, kind: RiskPolicy, metadata: {{name: story}}, spec: {{selector: {{namespaces: [{Space}]}}, action: Deny, unknownImages: Warn, runningGrace: true, rules: [{{name: now, priority: Immediate}}]}}}}");
    }

    public async ValueTask DisposeAsync() => await cluster.StopAllAsync();

    [Fact]
    public async Task From_the_first_pod_to_the_end_of_an_exception()
    {
        var replica = cluster.Start();
        await cluster.ServedByAsync(1);
        await ExposeAsync();

        // :: It is admitted, first with a warning that nobody knows it yet.
        var first = cluster.Push("story/web", "1", "story-lib");
        await RolloutAsync("web-1");
        Assert.Equal("warned", (await PodAsync("web-1", first)).Decision);
        await SpineStage.EventuallyAsync(async () => (await PodAsync("web-1", first)).Decision == "allowed", "the image to be known and clean");
        await RunAsync("web-1", first);
        await SpineStage.EventuallyAsync(async () => Text(await ReportAsync(), "exposure") == "Internet", "the workload to be known as exposed");
        Assert.NotEqual("Immediate", Text(await ReportAsync(), "priority"));
        var before = await SeriesAsync(replica);

        // :: An advisory arrives: exploited, without a password, over the network.
        await cluster.PublishAsync([AdmissionCluster.Advisory("CVE-2026-9999", "something-else"), AdmissionCluster.Advisory(Flaw, "story-lib")], [Flaw]);
        await SpineStage.EventuallyAsync(async () => Text(await ReportAsync(), "priority") == "Immediate", "the report to turn Immediate");
        var report = (await ReportAsync())!.Value;
        Assert.Contains(report.GetProperty("exposurePath").EnumerateArray(), step => step.GetString()!.Contains($"Service {Space}/web", StringComparison.Ordinal));
        Assert.Contains(report.GetProperty("violations").EnumerateArray(), line => line.GetString()!.Contains(Flaw, StringComparison.Ordinal));

        // :: The alert fires, fed with what the operator exported before and after.
        await SpineStage.EventuallyAsync(async () => (await SeriesAsync(replica)).Any(line => line.Name.Contains("priority=\"immediate\"", StringComparison.Ordinal) && line.Value > 0), "the metrics to say so");
        await AlertsAsync(before, await SeriesAsync(replica));

        // :: A new rollout is denied; a pod of the old digest comes up again, since a drained node must not become an outage.
        await SpineStage.EventuallyAsync(async () => (await PodAsync("web-1", first)).Decision == "warned", "grace for what runs");
        var second = cluster.Push("story/web", "2", "story-lib");
        await RolloutAsync("web-2");
        await SpineStage.EventuallyAsync(async () => (await PodAsync("web-2", second)).Decision == "denied", "the new rollout to be denied");
        var denial = (await PodAsync("web-2", second)).Text;
        foreach (var word in new[] { Flaw, "story/now", "fixed in 2.0.0", "known of this image since", $"a RiskException in namespace {Space}" })
        {
            Assert.Contains(word, denial, StringComparison.Ordinal);
        }

        output.WriteLine(Regex.Match(denial, "OssRuntime: [^\"]*").Value);

        // :: An exception is asked for, which changes nothing; somebody else approves it, and it works until its end.
        var end = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.AddSeconds(40).ToUnixTimeSeconds());
        Assert.Equal(201, (await cluster.Alice.CreateAsync(
            Exceptions,
            $$$"""{"apiVersion":"ossruntime.io/v1alpha1","kind":"RiskException","metadata":{"name":"web"},"spec":{"advisories":["{{{Flaw}}}"],"workloads":["Deployment/web"],"reason":"the fix is rolled out tonight","expires":"{{{end:yyyy-MM-ddTHH:mm:ssZ}}}"}}""")).Code);
        Assert.Equal("denied", (await PodAsync("web-2", second)).Decision);
        Assert.Equal("denied", (await cluster.Alice.MergeAsync($"{Exceptions}/web", """{"spec":{"approved":true}}""")).Decision);
        Assert.Equal("allowed", (await cluster.Bob.MergeAsync($"{Exceptions}/web", """{"spec":{"approved":true}}""")).Decision);
        await SpineStage.EventuallyAsync(async () => (await PodAsync("web-2", second)).Decision == "allowed", "the exception to work");
        Assert.True(DateTimeOffset.UtcNow < end);

        // :: It ends by the clock, without any event.
        await SpineStage.EventuallyAsync(async () => (await PodAsync("web-2", second)).Decision == "denied", "the exception to end");
        Assert.True(DateTimeOffset.UtcNow >= end);
        await SpineStage.EventuallyAsync(
            async () => (await cluster.Admin.GetAsync($"{Exceptions}/web")).Text.Contains("\"Expired\"", StringComparison.Ordinal), "the exception to say that it has ended");
    }

    private async Task ExposeAsync()
    {
        await cluster.Client.CoreV1.CreateNamespacedServiceAsync(
            new V1Service
            {
                Metadata = new V1ObjectMeta { Name = "web" },
                Spec = new V1ServiceSpec { Type = "LoadBalancer", Selector = new Dictionary<string, string> { ["app"] = "web" }, Ports = [new V1ServicePort { Port = 80, TargetPort = 8080 }] },
            },
            Space);
        await cluster.Client.CoreV1.PatchNamespacedServiceStatusAsync(
            new V1Patch("""{"status":{"loadBalancer":{"ingress":[{"ip":"203.0.113.10"}]}}}""", V1Patch.PatchType.MergePatch), "web", Space);
        // Its owner says what an attack on it would mean.
        await cluster.Client.AppsV1.CreateNamespacedDeploymentAsync(new V1Deployment { Metadata = new V1ObjectMeta { Name = "web", Annotations = new Dictionary<string, string> { ["ossruntime.io/impact"] = "high" } }, Spec = new V1DeploymentSpec { Selector = Selector, Template = Template } }, Space);
    }

    private static V1LabelSelector Selector => new() { MatchLabels = new Dictionary<string, string> { ["app"] = "web" } };

    private static V1PodTemplateSpec Template => new()
    {
        Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { ["app"] = "web" } },
        Spec = new V1PodSpec { Containers = [new V1Container { Name = "c0", Image = "placeholder" }] },
    };

    // What the Deployment's controller would make for a rollout; nobody runs controllers here.
    private async Task RolloutAsync(string name)
    {
        var deployment = await cluster.Client.AppsV1.ReadNamespacedDeploymentAsync("web", Space);
        await cluster.Client.AppsV1.CreateNamespacedReplicaSetAsync(
            new V1ReplicaSet
            {
                Metadata = new V1ObjectMeta
                {
                    Name = name,
                    OwnerReferences = [new V1OwnerReference { ApiVersion = "apps/v1", Kind = "Deployment", Name = "web", Uid = deployment.Uid(), Controller = true }],
                },
                Spec = new V1ReplicaSetSpec { Selector = Selector, Template = Template },
            },
            Space);
    }

    private async Task<AdmissionAnswerSeen> PodAsync(string rollout, string image, bool dryRun = true)
    {
        var owner = await cluster.Client.AppsV1.ReadNamespacedReplicaSetAsync(rollout, Space);
        var pod = new V1Pod
        {
            Metadata = new V1ObjectMeta
            {
                Name = $"{rollout}-{Guid.NewGuid():N}",
                Labels = new Dictionary<string, string> { ["app"] = "web", ["pod-template-hash"] = rollout["web-".Length..] },
                OwnerReferences = [new V1OwnerReference { ApiVersion = "apps/v1", Kind = "ReplicaSet", Name = rollout, Uid = owner.Uid(), Controller = true }],
            },
            Spec = new V1PodSpec { NodeName = "elsewhere", Containers = [new V1Container { Name = "c0", Image = image, Ports = [new V1ContainerPort { ContainerPort = 8080 }] }] },
        };
        pod.ApiVersion = "v1";
        pod.Kind = "Pod";
        var seen = await cluster.Alice.CreateAsync(Pods, KubernetesJson.Serialize(pod));
        // What was let in for the asking does not run on.
        if (seen.Code == 201 && dryRun)
        {
            await cluster.Admin.DeleteAsync($"{Pods}/{pod.Name()}");
        }

        return seen;
    }

    private async Task RunAsync(string rollout, string image)
    {
        Assert.Equal(201, (await PodAsync(rollout, image, dryRun: false)).Code);
        var pod = Assert.Single((await cluster.Client.CoreV1.ListNamespacedPodAsync(Space)).Items, item => item.Name().StartsWith(rollout, StringComparison.Ordinal));
        pod.Status.Phase = "Running";
        pod.Status.ContainerStatuses =
        [
            new V1ContainerStatus { Name = "c0", Image = image, ImageID = image, Ready = true, State = new V1ContainerState { Running = new V1ContainerStateRunning { StartedAt = DateTime.UtcNow } } },
        ];
        await cluster.Client.CoreV1.ReplaceNamespacedPodStatusAsync(pod, pod.Name(), Space);
    }

    private async Task<JsonElement?> ReportAsync() =>
        (await cluster.Client.CustomObjects.ListNamespacedCustomObjectAsync<SpineReportList>("ossruntime.io", "v1alpha1", Space, "workloadreports")).Items
            .Where(report => report.Metadata.Name == "deployment-web").Select(report => (JsonElement?)report.Report).FirstOrDefault();

    private static string? Text(JsonElement? report, string field) => report is { } item && item.TryGetProperty(field, out var value) ? value.GetString() : null;

    private static async Task<IReadOnlyList<(string Name, double Value)>> SeriesAsync(Replica replica) =>
    [
        .. (await replica.Operator.GetAsync("/metrics")).Split('\n')
            .Where(line => line.StartsWith("ossruntime_workload_", StringComparison.Ordinal) && line.Contains($"namespace=\"{Space}\"", StringComparison.Ordinal))
            .Select(line => (line[..line.LastIndexOf(' ')], double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture))),
    ];

    // Ten minutes as it was before, half an hour as it is now.
    private static async Task AlertsAsync(IReadOnlyList<(string Name, double Value)> before, IReadOnlyList<(string Name, double Value)> after)
    {
        var test = new StringBuilder($"rule_files: [{Checkout.At("helm/ossruntime/rules/ossruntime.yaml")}]\nevaluation_interval: 1m\ntests:\n  - interval: 1m\n    input_series:\n");
        foreach (var (name, value) in after)
        {
            var old = before.FirstOrDefault(series => series.Name == name);
            test.AppendLine(CultureInfo.InvariantCulture, $"      - {{series: '{name}', values: '{(old.Name is null ? "_x9" : $"{old.Value}x9")} {value}x30'}}");
        }

        test.AppendLine("    promql_expr_test:");
        foreach (var alert in new[] { "OssRuntimeImmediate", "OssRuntimeExposedKnownExploited" })
        {
            var fires = $"count(ALERTS{{alertname=\"{alert}\",alertstate=\"firing\",namespace=\"{Space}\",workload=\"web\"}})";
            test.AppendLine(CultureInfo.InvariantCulture, $"      - {{expr: '{fires}', eval_time: 9m, exp_samples: []}}");
            test.AppendLine(CultureInfo.InvariantCulture, $"      - {{expr: '{fires}', eval_time: 30m, exp_samples: [{{labels: '{{}}', value: 1}}]}}");
        }

        var folder = StageFolders.CreateTemporary("story");
        var file = Path.Combine(folder, "story.yaml");
        await File.WriteAllTextAsync(file, test.ToString());
        Assert.Contains("SUCCESS", await (await Promtool.FindAsync(Console.Error)).TestAsync(file), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }
}
