using System.Diagnostics;
using k8s;
using k8s.Models;
using OssRuntime.EndToEnd.Tests.Charts;
using OssRuntime.Inventory.Registry;
using OssRuntime.Operator.Composition;
using OssRuntime.Stage.Processes;
using OssRuntime.Stage.Workloads;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Registry;

namespace OssRuntime.EndToEnd.Tests.Spine;

/// <summary>
/// The main job from pod to report, on a real API server, a real registry and real images. Each test brings what it needs and takes it away again: they run in any order.
/// </summary>
public sealed class SpineTests(SpineStage stage) : IClassFixture<SpineStage>
{
    private const string Flaw = "CVE-2019-14234";

    // Images that this operator has never read: its state is its own.
    private readonly string _ownState = Path.Combine(stage.Folder, Path.GetRandomFileName());

    [Fact]
    public async Task Every_pulled_image_is_inventoried_the_private_ones_too_and_the_one_that_does_not_exist_is_waited_for()
    {
        await using var running = await CoveredAsync();
        var images = await stage.ListAsync("imageinventories");
        Assert.All(images, image => Assert.Equal("ReadFromLayers", image.ReasonOf("Inventoried")));
        Assert.Contains(images, image => image.Spec.GetProperty("image").GetString()!.EndsWith("platform/invoices:1", StringComparison.Ordinal));

        var catalog = Assert.Single(await stage.ListAsync("workloadreports"), report => report.Metadata.Name == "deployment-catalog");
        Assert.Equal("Deployment", Assert.Single(catalog.Metadata.OwnerReferences).Kind);
        var findings = catalog.Report.GetProperty("findings").EnumerateArray().Select(line => line.GetString()!).ToList();
        Assert.Contains(findings, line => line.Contains(Flaw, StringComparison.Ordinal) && line.Contains("pkg:pypi/django@2.2.0", StringComparison.Ordinal));
        Assert.Contains("EXPLOITED", findings[0], StringComparison.Ordinal);

        // Containers of every class: the frontend has a sidecar or an init container beside its own.
        var frontend = Assert.Single(await stage.ListAsync("workloadreports"), report => report.Metadata.Name == "deployment-frontend");
        Assert.True(frontend.Report.GetProperty("containers").GetArrayLength() >= 2);
    }

    [Fact]
    public async Task Metrics_agree_with_what_is_there_and_each_is_documented()
    {
        await using var running = await CoveredAsync(options => options with { StateFolder = _ownState });
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

    [Fact]
    public async Task Two_hundred_pods_of_an_image_cost_one_reading()
    {
        var earlier = ReadOfPython().Count;
        await using var running = await CoveredAsync(options => options with { StateFolder = _ownState });
        var first = ReadOfPython().Skip(earlier).ToList();
        Assert.Single(first, path => path.Contains("/manifests/sha256:", StringComparison.Ordinal));
        Assert.Equal(first.Distinct().Count(), first.Count);
        Assert.Contains(first, path => path.Contains("/blobs/sha256:", StringComparison.Ordinal));
        try
        {
            await ScaleAsync(200);
            await PodsAsync(200);
            Assert.Equal(first, ReadOfPython().Skip(earlier));
        }
        finally
        {
            await ScaleAsync(2);
        }

        await PodsAsync(2);

        List<string> ReadOfPython() => [.. stage.Stage.Registry!.Requests.Read()
            .Where(request => request.Method == "GET" && request.UserAgent == new RegistryOptions().UserAgent
                && (request.Path.StartsWith("/v2/shop/python/manifests/", StringComparison.Ordinal) || request.Path.StartsWith("/v2/shop/python/blobs/", StringComparison.Ordinal)))
            .Select(request => request.Path)];

        Task PodsAsync(int pods) => SpineStage.EventuallyAsync(
            async () => (await ReportAsync("deployment-catalog")).GetProperty("pods").GetInt32() == pods, $"{pods} pods in the report");
    }

    [Fact]
    public async Task A_new_pod_is_reported_within_two_seconds_and_its_report_goes_with_it()
    {
        await using var running = await CoveredAsync();
        await RunAsync("newcomer", Python);
        var since = Stopwatch.StartNew();
        await SpineStage.EventuallyAsync(async () => await ReasonAsync("pod-newcomer") is "AllImagesInventoried" or "ImagesNotChecked", "the newcomer's report");
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(2), $"the report took {since.Elapsed.TotalSeconds:0.0} s");

        await EndAsync("newcomer");
        Assert.Contains(
            await stage.ListAsync("imageinventories"),
            image => image.Spec.GetProperty("image").GetString()!.EndsWith("/shop/python:1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Owners_of_every_kind_are_found()
    {
        await using var running = await CoveredAsync();
        await OwnersComeAndGoAsync();
    }

    [Fact]
    public async Task A_new_database_rewrites_only_what_it_changes_and_asks_no_registry()
    {
        await using var running = await CoveredAsync();
        using var extra = new TemporaryDirectory();
        Directory.CreateDirectory(extra["osv/npm"]);
        await File.WriteAllTextAsync(
            extra["osv/npm/TEST-1.json"],
            """
            {"id":"TEST-2026-1","modified":"2026-09-01T00:00:00Z","summary":"a new flaw","affected":[{"package":{"ecosystem":"npm","name":"lodash"},
            "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"99.0.0"}]}]}]}
            """);
        var debian = await VersionOfAsync("/platform/debian:1");
        var requests = await running.SumAsync("ossruntime_registry_requests_total");
        var generation = await GenerationAsync();
        await stage.BuildDatabaseAsync(SpineStage.Feeds, extra.Path);
        try
        {
            await SpineStage.EventuallyAsync(async () => await GenerationAsync() != generation, "the new generation in a report");
            await SpineStage.EventuallyAsync(
                async () => (await stage.ListAsync("imageinventories")).Any(image => image.Report.GetRawText().Contains("TEST-2026-1", StringComparison.Ordinal)),
                "the new finding");
            await running.SettledAsync();
            Assert.Equal(requests, await running.SumAsync("ossruntime_registry_requests_total"));
            Assert.Equal(debian, await VersionOfAsync("/platform/debian:1"));
            Assert.Equal(0, await running.SumAsync("ossruntime_inventory_duration_seconds_count", "failure"));
        }
        finally
        {
            await stage.BuildDatabaseAsync(SpineStage.Feeds);
        }
    }

    [Fact]
    public async Task A_restart_reads_and_writes_nothing()
    {
        await using (await CoveredAsync())
        {
        }

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

    [Fact]
    public async Task An_inventory_that_nobody_needs_stays_for_a_while_and_goes()
    {
        var (image, digest) = await PushAsync("unused");
        await using var running = await CoveredAsync(options => options with { Retention = TimeSpan.FromSeconds(3) });
        await RunAsync("short", image);
        await SpineStage.EventuallyAsync(async () => await ReasonAsync("pod-short") is "AllImagesInventoried" or "ImagesNotChecked", "the report of a pod that will end");
        await EndAsync("short");
        Assert.True(Assert.Single(await stage.ListAsync("imageinventories"), IsUnused).Status.TryGetProperty("conditions", out _));
        await NobodysAsync(digest);

        bool IsUnused(SpineReport item) => item.Spec.GetProperty("digest").GetString() == digest;
    }

    [Fact]
    public async Task An_image_that_is_gone_from_its_registry_says_so_on_itself_on_its_workload_and_in_an_event()
    {
        var digest = await OrphanAsync("gone", "orphan");
        await using var running = stage.StartOperator(options => options with { Retention = TimeSpan.FromSeconds(1) });
        await SaysSoAsync(digest, "pod-orphan");
        await EndAsync("orphan");
        await NobodysAsync(digest);
    }

    /// <summary>Whoever may push to a repository may attach a statement to an image; it counts where a key vouches for it that the operator was given.</summary>
    [Fact]
    public async Task Only_what_somebody_trusted_signed_takes_a_finding_back()
    {
        using var folder = new TemporaryDirectory();
        var (trusted, stranger) = (SigningKey.Ec(), SigningKey.Ec());
        await File.WriteAllTextAsync(folder["cosign.pub"], trusted.Pem);
        var registry = stage.Stage.Registry!.Address;
        await SignedStatement.AttachAsync(registry, "shop/python", "1", stranger, Flaw, "pkg:pypi/django@2.2.0");
        await using (var strict = await CoveredAsync(Trusting))
        {
            Assert.True(await strict.SumAsync("ossruntime_inventory_duration_seconds_count", "success") > 0);
            Assert.True(await IsToldAsync());
        }

        await SignedStatement.AttachAsync(registry, "shop/python", "1", trusted, Flaw, "pkg:pypi/django@2.2.0");
        await using (stage.StartOperator(Trusting))
        {
            await SpineStage.EventuallyAsync(async () => !await IsToldAsync(), "the finding to be taken back");
            Assert.Contains("CVE-", (await ReportAsync("deployment-catalog")).GetProperty("findings").GetRawText(), StringComparison.Ordinal);
        }

        // Who looks for no statements tells it again.
        await using var running = stage.StartOperator();
        await SpineStage.EventuallyAsync(IsToldAsync, "the finding to be told again");

        OperatorOptions Trusting(OperatorOptions options) => options with
        {
            StateFolder = _ownState,
            Vex = ["attached"],
            VexInterval = TimeSpan.FromMilliseconds(1),
            SbomTrust = [folder["cosign.pub"]],
        };

        async Task<bool> IsToldAsync() =>
            (await ReportAsync("deployment-catalog")).GetProperty("findings").GetRawText().Contains(Flaw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_chart_allows_what_is_used_and_nothing_else()
    {
        Assert.SkipWhen(stage.OperatorRequests is null, "the requests of this cluster's API server are not ours to see");

        // Everything that an operator ever does: objects are made and go, and an event says why an image is not read.
        var digest = await OrphanAsync("withdrawn", "eve");
        await using (var running = stage.StartOperator(options => options with { StateFolder = _ownState, Retention = TimeSpan.FromSeconds(1) }))
        {
            await SaysSoAsync(digest, "pod-eve");
            await EndAsync("eve");
            await NobodysAsync(digest);
            await OwnersComeAndGoAsync();

            // A workload that is there and runs nothing: nobody but the operator takes its report away.
            await ScaleAsync(0);
            await SpineStage.EventuallyAsync(async () => !(await NamesAsync()).Contains("deployment-catalog"), "the report of what runs nothing to go");
            await ScaleAsync(2);
            await SpineStage.EventuallyAsync(IsCoveredAsync, "all workloads covered");
            await running.SettledAsync();
        }

        var requests = stage.OperatorRequests!;
        Assert.Empty(requests.Where(request => request.Code == 403).Select(request => request.Path));
        var used = requests.Where(request => request.Resource.Length > 0)
            .Select(request => ChartRights.Line(request.Verb, request.Group, request.Resource))
            .ToHashSet(StringComparer.Ordinal);
        // An apply that creates is written down as a patch and needs both rights; an event that comes again is patched, and none does here.
        Assert.Empty(stage.Rights.Except(used).Where(right => !used.Contains(right.Replace("create ", "patch ", StringComparison.Ordinal))).Except(["patch events.k8s.io/events"]));
    }

    private string Python => $"{stage.Stage.Registry!.Address}/shop/python:1";

    // An operator that has looked at everything that the samples run, and has nothing left to do.
    private async Task<RunningOperator> CoveredAsync(Func<OperatorOptions, OperatorOptions>? change = null)
    {
        var running = stage.StartOperator(change ?? (options => options));
        try
        {
            await SpineStage.EventuallyAsync(
                async () => await running.SumAsync("leader_election_master_status") == 1 && await HasStartedAsync(running) && await IsCoveredAsync(),
                "all workloads covered");
            await running.SettledAsync();
            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    private static async Task<bool> HasStartedAsync(RunningOperator running)
    {
        try
        {
            return await running.GetAsync("/readyz") == "ok";
        }
        catch (HttpRequestException error) when (error.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable)
        {
            return false;
        }
    }

    private async Task<bool> IsCoveredAsync()
    {
        var reports = await stage.ListAsync("workloadreports");
        return reports.Count >= 11 && reports.All(report => report.ReasonOf("Covered") is "AllImagesInventoried" or "ImagesNotChecked"
            || (report.Metadata.Name == "pod-not-there-yet" && report.ReasonOf("Covered") is "ImagesPending"));
    }

    private async Task RunAsync(string name, string image)
    {
        await stage.Client.CoreV1.CreateNamespacedPodAsync(
            new V1Pod
            {
                Metadata = new V1ObjectMeta { Name = name },
                Spec = new V1PodSpec { Containers = [new V1Container { Name = "main", Image = image, Command = ["sleep", "infinity"] }] },
            },
            "shop");
        await SpineStage.EventuallyAsync(async () => (await stage.Client.CoreV1.ReadNamespacedPodAsync(name, "shop")).Status?.Phase == "Running", $"{name} to run");
    }

    private async Task EndAsync(string name)
    {
        await stage.Client.CoreV1.DeleteNamespacedPodAsync(name, "shop", new V1DeleteOptions { GracePeriodSeconds = 0 });
        await SpineStage.EventuallyAsync(async () => !(await NamesAsync()).Contains("pod-" + name), $"the report of {name} to go");
    }

    private Task NobodysAsync(string digest) => SpineStage.EventuallyAsync(
        async () => !(await stage.ListAsync("imageinventories")).Any(item => item.Spec.GetProperty("digest").GetString() == digest), "an inventory that nobody needs to go");

    // A replication controller, and a job of a cron job: they get reports, and take them along.
    private async Task OwnersComeAndGoAsync()
    {
        var served = await stage.Client.CustomObjects.GetAPIResourcesAsync("batch", "v1");
        var batch = served.Resources.Any(resource => resource.Kind == "CronJob") ? "batch/v1" : "batch/v1beta1";
        var applier = new ManifestApplier(stage.Client);
        await applier.ApplyAsync(await TextAsync("owners.yaml", owner: ""));
        // As `kubectl create job --from` does, so that nobody waits for the minute.
        var owner = await stage.Client.CustomObjects.GetNamespacedCustomObjectAsync<SpineReport>("batch", batch[6..], "shop", "cronjobs", "nightly");
        await applier.ApplyAsync(await TextAsync("job-of-cronjob.yaml", owner.Metadata.Uid));
        string[] reports = ["replicationcontroller-legacy", "cronjob-nightly"];
        await SpineStage.EventuallyAsync(async () => (await NamesAsync()).Intersect(reports).Count() == 2, "reports of a replication controller and of a cron job");

        // Whose job goes with it.
        await stage.Client.CustomObjects.DeleteNamespacedCustomObjectAsync("batch", batch[6..], "shop", "cronjobs", "nightly", propagationPolicy: "Foreground");
        await stage.Client.CoreV1.DeleteNamespacedReplicationControllerAsync("legacy", "shop", propagationPolicy: "Foreground");
        await SpineStage.EventuallyAsync(async () => !(await NamesAsync()).Intersect(reports).Any(), "those reports to go");

        async Task<string> TextAsync(string file, string owner) =>
            (await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Spine", "testdata", file)))
                .Replace("${IMAGE}", Python, StringComparison.Ordinal)
                .Replace("${BATCH}", batch, StringComparison.Ordinal)
                .Replace("${OWNER}", owner, StringComparison.Ordinal);
    }

    private async Task<(string Image, string Digest)> PushAsync(string name)
    {
        var registry = stage.Stage.Registry!.Address;
        using var folder = new TemporaryDirectory();
        var image = new ImageBuilder().Layer(tar => tar.File("etc/os-release", "ID=debian\nVERSION_ID=12\n").File("run", Path.GetRandomFileName())).Build();
        image.WriteLayout(folder.Path, "latest");
        await Tool.RunAsync("skopeo", ["copy", "--quiet", "--dest-tls-verify=false", $"oci:{folder.Path}:latest", $"docker://{registry}/shop/{name}:1"]);
        return ($"{registry}/shop/{name}:1", image.Digest);
    }

    /// <summary>A pod goes on running when its image is deleted from the registry; nobody can read that image any more. Its digest; no operator may run meanwhile.</summary>
    private async Task<string> OrphanAsync(string repository, string pod)
    {
        var (image, digest) = await PushAsync(repository);
        await RunAsync(pod, image);
        using var http = new HttpClient();
        using var deleted = await http.DeleteAsync(new Uri($"http://{stage.Stage.Registry!.Address}/v2/shop/{repository}/manifests/{digest}"));
        Assert.True(deleted.IsSuccessStatusCode);
        return digest;
    }

    private async Task SaysSoAsync(string digest, string report)
    {
        await SpineStage.EventuallyAsync(
            async () => (await stage.ListAsync("imageinventories"))
                .Any(item => item.Spec.GetProperty("digest").GetString() == digest && item.ReasonOf("Inventoried") == "ManifestUnknown"),
            "the reason on the image");
        await SpineStage.EventuallyAsync(
            async () => (await stage.Client.EventsV1.ListEventForAllNamespacesAsync()).Items.Any(item => item.Reason == "ManifestUnknown"), "an event");
        await SpineStage.EventuallyAsync(async () => await ReasonAsync(report) == "ImagesFailed", "the reason on the workload");
    }

    private async Task<string> VersionOfAsync(string image) =>
        (await stage.ListAsync("imageinventories")).Single(item => item.Spec.GetProperty("image").GetString()!.EndsWith(image, StringComparison.Ordinal))
            .Metadata.ResourceVersion;

    private async Task<string> GenerationAsync() => (await ReportAsync("deployment-frontend")).GetProperty("generation").GetString()!;

    private async Task<IEnumerable<string>> NamesAsync() => (await stage.ListAsync("workloadreports")).Select(report => report.Metadata.Name);

    private async Task<string?> ReasonAsync(string name) => (await stage.ListAsync("workloadreports")).FirstOrDefault(report => report.Metadata.Name == name)?.ReasonOf("Covered");

    private async Task<System.Text.Json.JsonElement> ReportAsync(string name) =>
        (await stage.ListAsync("workloadreports")).Single(report => report.Metadata.Name == name).Report;

    private Task ScaleAsync(int replicas) => stage.Client.AppsV1.PatchNamespacedDeploymentScaleAsync(
        new V1Patch($$$"""{"spec":{"replicas":{{{replicas}}}}}""", V1Patch.PatchType.MergePatch), "catalog", "shop");
}
