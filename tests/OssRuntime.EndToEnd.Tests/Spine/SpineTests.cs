using System.Diagnostics;
using k8s;
using k8s.Models;
using OssRuntime.EndToEnd.Tests.Charts;
using OssRuntime.Inventory.Registry;
using OssRuntime.Stage.Processes;
using OssRuntime.Stage.Workloads;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Registry;

namespace OssRuntime.EndToEnd.Tests.Spine;

/// <summary>The main job from pod to report, on a real API server, a real registry and real images.</summary>
public sealed class SpineTests(SpineStage stage) : IClassFixture<SpineStage>
{
    [Fact]
    public async Task The_main_job_holds_through_its_whole_life()
    {
        // Every pulled image is inventoried, the private ones too; the one that does not exist is waited for.
        await using (var first = stage.StartOperator())
        {
            await SpineStage.EventuallyAsync(IsCoveredAsync, "all workloads covered");
            await EverythingIsFoundAsync();
            await MetricsAgreeAsync(first);
            await TwoHundredPodsCostOneReadingAsync();
            await ANewPodIsReportedWithinTwoSecondsAsync();
            await OwnersOfEveryKindAreFoundAsync();
            await ADeletedWorkloadTakesItsReportAlongAsync();
            await ANewDatabaseRewritesOnlyWhatChangedAsync(first);
            await SpineStage.EventuallyAsync(IsCoveredAsync, "all workloads covered again");
            await first.SettledAsync();
        }

        await ARestartReadsAndWritesNothingAsync();
        await AnUnusedInventoryStaysForAWhileAndGoesAsync();
        await AnImageThatIsGoneSaysSoAsync();
        await OnlyWhatSomebodyTrustedSignedTakesAFindingBackAsync();
        TheChartAllowsWhatIsUsedAndNothingElse();
    }

    private async Task<bool> IsCoveredAsync()
    {
        var reports = await stage.ListAsync("workloadreports");
        return reports.Count >= 11 && reports.All(report => report.ReasonOf("Covered") is "AllImagesInventoried"
            || (report.Metadata.Name == "pod-not-there-yet" && report.ReasonOf("Covered") is "ImagesPending"));
    }

    private async Task EverythingIsFoundAsync()
    {
        var images = await stage.ListAsync("imageinventories");
        Assert.All(images, image => Assert.Equal("ReadFromLayers", image.ReasonOf("Inventoried")));
        Assert.Contains(images, image => image.Spec.GetProperty("image").GetString()!.EndsWith("platform/invoices:1", StringComparison.Ordinal));

        var catalog = Assert.Single(await stage.ListAsync("workloadreports"), report => report.Metadata.Name == "deployment-catalog");
        Assert.Equal("Deployment", Assert.Single(catalog.Metadata.OwnerReferences).Kind);
        var findings = catalog.Report.GetProperty("findings").EnumerateArray().Select(line => line.GetString()!).ToList();
        Assert.Contains(findings, line => line.Contains("CVE-2019-14234", StringComparison.Ordinal) && line.Contains("pkg:pypi/django@2.2.0", StringComparison.Ordinal));
        Assert.Contains("EXPLOITED", findings[0], StringComparison.Ordinal);

        // Containers of every class: the frontend has a sidecar or an init container beside its own.
        var frontend = Assert.Single(await stage.ListAsync("workloadreports"), report => report.Metadata.Name == "deployment-frontend");
        Assert.True(frontend.Report.GetProperty("containers").GetArrayLength() >= 2);
    }

    private async Task MetricsAgreeAsync(RunningOperator running)
    {
        Assert.Equal("ok", await running.GetAsync("/readyz"));
        var images = (await stage.ListAsync("imageinventories")).Count;
        Assert.Equal(images, await running.SumAsync("ossruntime_inventory_duration_seconds_count", "success"));
        Assert.Equal(0, await running.SumAsync("ossruntime_images", "state=\"failed\""));
        await SpineStage.EventuallyAsync(async () => await running.SumAsync("ossruntime_images", "state=\"pending\"") == 1, "one image that is waited for");
        Assert.Equal(1, await running.SumAsync("leader_election_master_status"));
        var families = (await running.GetAsync("/metrics")).Split('\n')
            .Where(line => line.StartsWith("# TYPE ossruntime_", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]).ToHashSet(StringComparer.Ordinal);
        var documented = (await File.ReadAllLinesAsync(Checkout.At("docs/metrics.md")))
            .Where(line => line.StartsWith("| `ossruntime_", StringComparison.Ordinal)).Select(line => line.Split('`')[1]).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(documented.Order(StringComparer.Ordinal), families.Order(StringComparer.Ordinal));
    }

    private async Task TwoHundredPodsCostOneReadingAsync()
    {
        var registry = stage.Stage.Registry!;
        var first = ReadOfPython();
        Assert.Single(first, path => path.Contains("/manifests/sha256:", StringComparison.Ordinal));
        Assert.Equal(first.Distinct().Count(), first.Count);
        Assert.Contains(first, path => path.Contains("/blobs/sha256:", StringComparison.Ordinal));
        await ScaleAsync(200);
        await SpineStage.EventuallyAsync(
            async () => (await ReportAsync("deployment-catalog")).GetProperty("pods").GetInt32() == 200, "two hundred pods in the report");
        Assert.Equal(first, ReadOfPython());
        await ScaleAsync(2);
        await SpineStage.EventuallyAsync(async () => (await ReportAsync("deployment-catalog")).GetProperty("pods").GetInt32() == 2, "two pods again");

        List<string> ReadOfPython() => [.. registry.Requests.Read()
            .Where(request => request.Method == "GET" && request.UserAgent == new RegistryOptions().UserAgent
                && (request.Path.StartsWith("/v2/shop/python/manifests/", StringComparison.Ordinal) || request.Path.StartsWith("/v2/shop/python/blobs/", StringComparison.Ordinal)))
            .Select(request => request.Path)];
    }

    private async Task ANewPodIsReportedWithinTwoSecondsAsync()
    {
        var image = $"{stage.Stage.Registry!.Address}/shop/python:1";
        await stage.Client.CoreV1.CreateNamespacedPodAsync(
            new V1Pod
            {
                Metadata = new V1ObjectMeta { Name = "newcomer" },
                Spec = new V1PodSpec { Containers = [new V1Container { Name = "main", Image = image, Command = ["sleep", "infinity"] }] },
            },
            "shop");
        await SpineStage.EventuallyAsync(
            async () => (await stage.Client.CoreV1.ReadNamespacedPodAsync("newcomer", "shop")).Status?.Phase == "Running", "the pod runs");
        var since = Stopwatch.StartNew();
        await SpineStage.EventuallyAsync(
            async () => (await stage.ListAsync("workloadreports"))
                .Any(report => report.Metadata.Name == "pod-newcomer" && report.ReasonOf("Covered") == "AllImagesInventoried"),
            "the newcomer's report");
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(2), $"the report took {since.Elapsed.TotalSeconds:0.0} s");
    }

    private async Task OwnersOfEveryKindAreFoundAsync()
    {
        var served = await stage.Client.CustomObjects.GetAPIResourcesAsync("batch", "v1");
        var batch = served.Resources.Any(resource => resource.Kind == "CronJob") ? "batch/v1" : "batch/v1beta1";
        var image = $"{stage.Stage.Registry!.Address}/shop/python:1";
        var applier = new ManifestApplier(stage.Client);
        await applier.ApplyAsync(await TextAsync("owners.yaml", owner: ""));
        // As `kubectl create job --from` does, so that nobody waits for the minute.
        var owner = await stage.Client.CustomObjects.GetNamespacedCustomObjectAsync<SpineReport>("batch", batch[6..], "shop", "cronjobs", "nightly");
        await applier.ApplyAsync(await TextAsync("job-of-cronjob.yaml", owner.Metadata.Uid));
        await SpineStage.EventuallyAsync(
            async () => (await stage.ListAsync("workloadreports")).Select(report => report.Metadata.Name)
                .Intersect(["replicationcontroller-legacy", "cronjob-nightly"]).Count() == 2,
            "reports of a replication controller and of a cron job");

        async Task<string> TextAsync(string file, string owner) =>
            (await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Spine", "testdata", file)))
                .Replace("${IMAGE}", image, StringComparison.Ordinal)
                .Replace("${BATCH}", batch, StringComparison.Ordinal)
                .Replace("${OWNER}", owner, StringComparison.Ordinal);
    }

    private async Task ADeletedWorkloadTakesItsReportAlongAsync()
    {
        await stage.Client.CoreV1.DeleteNamespacedPodAsync("newcomer", "shop", new V1DeleteOptions { GracePeriodSeconds = 0 });
        await SpineStage.EventuallyAsync(
            async () => (await stage.ListAsync("workloadreports")).All(report => report.Metadata.Name != "pod-newcomer"), "the newcomer's report to go");
        Assert.Contains(
            await stage.ListAsync("imageinventories"),
            image => image.Spec.GetProperty("image").GetString()!.EndsWith("/shop/python:1", StringComparison.Ordinal));
    }

    private async Task ANewDatabaseRewritesOnlyWhatChangedAsync(RunningOperator running)
    {
        var extra = Directory.CreateTempSubdirectory("ossruntime-feed");
        try
        {
            var folder = Directory.CreateDirectory(Path.Combine(extra.FullName, "osv", "npm"));
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "TEST-1.json"),
                """
                {"id":"TEST-2026-1","modified":"2026-09-01T00:00:00Z","summary":"a new flaw","affected":[{"package":{"ecosystem":"npm","name":"lodash"},
                "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"99.0.0"}]}]}]}
                """);
            var debian = await VersionOfAsync("/platform/debian:1");
            var requests = await running.SumAsync("ossruntime_registry_requests_total");
            var generation = await GenerationAsync();
            await stage.BuildDatabaseAsync(Checkout.At("config/samples/feeds"), extra.FullName);
            await SpineStage.EventuallyAsync(async () => (await GenerationAsync()) != generation, "the new generation in a report");
            await SpineStage.EventuallyAsync(
                async () => (await stage.ListAsync("imageinventories")).Any(image => image.Report.GetRawText().Contains("TEST-2026-1", StringComparison.Ordinal)),
                "the new finding");
            Assert.Equal(requests, await running.SumAsync("ossruntime_registry_requests_total"));
            Assert.True(requests > 0);
            await running.SettledAsync();
            Assert.Equal(debian, await VersionOfAsync("/platform/debian:1"));
            Assert.Equal(0, await running.SumAsync("ossruntime_inventory_duration_seconds_count", "failure"));
        }
        finally
        {
            extra.Delete(recursive: true);
        }
    }

    private async Task ARestartReadsAndWritesNothingAsync()
    {
        var before = await stage.WrittenAsync();
        var contents = await stage.ContentsAsync();
        await using var second = stage.StartOperator();
        await SpineStage.EventuallyAsync(
            async () => await second.SumAsync("applier_applies_total", "part=\"status\",outcome=\"Unchanged\"") >= before.Count, "every object looked at");
        // What changed is shown, since the versions alone explain nothing.
        var after = await stage.WrittenAsync();
        var now = await stage.ContentsAsync();
        var rewritten = after.Except(before).Select(item => item.Key).ToList();
        Assert.True(rewritten.Count == 0, string.Join("\n", rewritten.Select(key => $"{key}:\n{contents[key]}\nbecame\n{now[key]}")));
        Assert.Equal(0, await second.SumAsync("applier_applies_total", "outcome=\"Written\""));
        Assert.Equal(0, await second.SumAsync("ossruntime_registry_requests_total"));
    }

    private async Task AnUnusedInventoryStaysForAWhileAndGoesAsync()
    {
        await using var third = stage.StartOperator(retention: TimeSpan.FromSeconds(3));
        await stage.Client.AppsV1.DeleteNamespacedDeploymentAsync("payments", "shop");
        await SpineStage.EventuallyAsync(
            async () => (await stage.ListAsync("workloadreports")).All(report => report.Metadata.Name != "deployment-payments"), "the report of payments to go");
        var unused = Assert.Single(await stage.ListAsync("imageinventories"), IsPayments);
        Assert.True(unused.Status.TryGetProperty("conditions", out _));
        await SpineStage.EventuallyAsync(async () => !(await stage.ListAsync("imageinventories")).Any(IsPayments), "the inventory of payments to go");

        static bool IsPayments(SpineReport image) => image.Spec.GetProperty("image").GetString()!.EndsWith("/shop/dotnet:1", StringComparison.Ordinal);
    }

    /// <summary>A pod goes on running when its image is deleted from the registry; nobody can read that image any more.</summary>
    private async Task AnImageThatIsGoneSaysSoAsync()
    {
        var registry = stage.Stage.Registry!;
        using var folder = new TemporaryDirectory();
        var image = new ImageBuilder().Layer(tar => tar.File("etc/os-release", "ID=debian\nVERSION_ID=12\n").File("run", Path.GetRandomFileName())).Build();
        image.WriteLayout(folder.Path, "latest");
        await Tool.RunAsync("skopeo", ["copy", "--quiet", "--dest-tls-verify=false", $"oci:{folder.Path}:latest", $"docker://{registry.Address}/shop/gone:1"]);
        await new ManifestApplier(stage.Client).ApplyAsync(
            $"{{apiVersion: v1, kind: Pod, metadata: {{name: orphan, namespace: shop}}, spec: {{containers: [{{name: main, image: '{registry.Address}/shop/gone:1'}}]}}}}");
        await SpineStage.EventuallyAsync(
            async () => (await stage.Client.CoreV1.ReadNamespacedPodAsync("orphan", "shop")).Status?.Phase == "Running", "the orphan runs");
        using var http = new HttpClient();
        using var deleted = await http.DeleteAsync(new Uri($"http://{registry.Address}/v2/shop/gone/manifests/{image.Digest}"));
        Assert.True(deleted.IsSuccessStatusCode);

        await using var fourth = stage.StartOperator();
        await SpineStage.EventuallyAsync(
            async () => (await stage.ListAsync("imageinventories"))
                .Any(item => item.Spec.GetProperty("digest").GetString() == image.Digest && item.ReasonOf("Inventoried") == "ManifestUnknown"),
            "the reason on the image");
        await SpineStage.EventuallyAsync(
            async () => (await stage.Client.EventsV1.ListEventForAllNamespacesAsync()).Items.Any(item => item.Reason == "ManifestUnknown"), "an event");
        await SpineStage.EventuallyAsync(
            async () => (await stage.ListAsync("workloadreports")).Any(report => report.Metadata.Name == "pod-orphan" && report.ReasonOf("Covered") == "ImagesFailed"),
            "the reason on the workload");
    }

    /// <summary>Whoever may push to a repository may attach a statement to an image; it counts where a key vouches for it that the operator was given.</summary>
    private async Task OnlyWhatSomebodyTrustedSignedTakesAFindingBackAsync()
    {
        const string Flaw = "CVE-2019-14234";
        using var folder = new TemporaryDirectory();
        var (trusted, stranger) = (SigningKey.Ec(), SigningKey.Ec());
        await File.WriteAllTextAsync(folder["cosign.pub"], trusted.Pem);
        var registry = stage.Stage.Registry!.Address;
        await SignedStatement.AttachAsync(registry, "shop/python", "1", stranger, Flaw, "pkg:pypi/django@2.2.0");
        await using (var strict = Start())
        {
            await SpineStage.EventuallyAsync(async () => await strict.SumAsync("ossruntime_inventory_duration_seconds_count", "success") > 0, "images to be read under other trust");
            await strict.SettledAsync();
            Assert.True(await IsToldAsync());
        }

        await SignedStatement.AttachAsync(registry, "shop/python", "1", trusted, Flaw, "pkg:pypi/django@2.2.0");
        await using var patient = Start();
        await SpineStage.EventuallyAsync(async () => !await IsToldAsync(), "the finding to be taken back");
        Assert.Contains("CVE-", (await ReportAsync("deployment-catalog")).GetProperty("findings").GetRawText(), StringComparison.Ordinal);

        RunningOperator Start() => stage.StartOperator(options => options with { Vex = ["attached"], VexInterval = TimeSpan.FromMilliseconds(1), SbomTrust = [folder["cosign.pub"]] });

        async Task<bool> IsToldAsync() =>
            (await ReportAsync("deployment-catalog")).GetProperty("findings").GetRawText().Contains(Flaw, StringComparison.Ordinal);
    }

    private void TheChartAllowsWhatIsUsedAndNothingElse()
    {
        if (stage.OperatorRequests is not { } requests)
        {
            return;
        }

        Assert.Empty(requests.Where(request => request.Code == 403).Select(request => request.Path));
        var used = requests.Where(request => request.Resource.Length > 0)
            .Select(request => ChartRights.Line(request.Verb, request.Group, request.Resource))
            .ToHashSet(StringComparer.Ordinal);
        // An apply that creates is written down as a patch and needs both rights; an event that comes again is patched, and none does here.
        Assert.Empty(stage.Rights.Except(used).Where(right => !used.Contains(right.Replace("create ", "patch ", StringComparison.Ordinal))).Except(["patch events.k8s.io/events"]));
    }

    private async Task<string> VersionOfAsync(string image) =>
        (await stage.ListAsync("imageinventories")).Single(item => item.Spec.GetProperty("image").GetString()!.EndsWith(image, StringComparison.Ordinal))
            .Metadata.ResourceVersion;

    private async Task<string> GenerationAsync() => (await ReportAsync("deployment-frontend")).GetProperty("generation").GetString()!;

    private async Task<System.Text.Json.JsonElement> ReportAsync(string name) =>
        (await stage.ListAsync("workloadreports")).Single(report => report.Metadata.Name == name).Report;

    private Task ScaleAsync(int replicas) => stage.Client.AppsV1.PatchNamespacedDeploymentScaleAsync(
        new V1Patch($$$"""{"spec":{"replicas":{{{replicas}}}}}""", V1Patch.PatchType.MergePatch), "catalog", "shop");
}
