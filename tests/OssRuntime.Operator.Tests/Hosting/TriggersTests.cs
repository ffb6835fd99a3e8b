using System.Text.Json.Nodes;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Exposure;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Exceptions;

namespace OssRuntime.Operator.Tests.Hosting;

/// <summary>The table of triggers, row by row: what happened on the server, and which keys are in which queues then.</summary>
public sealed class TriggersTests : IAsyncLifetime
{
    private static readonly ImageKey Image = Samples.Image('a');
    private static readonly WorkloadKey Web = Samples.Workload("web");

    private OperatorStage _stage = null!;

    // Something runs in each of two namespaces.
    public async ValueTask InitializeAsync()
    {
        _stage = await OperatorStage.StartAsync(new OperatorOptions { AdmissionListen = new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0) });
        _stage.Server.Create("namespaces", Named("shop"));
        _stage.Server.Create("deployments", Named("web", "shop"));
        await _stage.OpenAsync();
        _stage.House.State.Running.Set(Samples.Running("web-1", Web, Image));
        _stage.House.State.Running.Set(Samples.Running("api-1", Web with { Name = "api", Namespace = "bank", Uid = "u2" }) with { Pod = Samples.Pod("api-1") with { Key = new ObjectKey("bank", "api-1") } });
        await _stage.EmptyAsync();
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_pod_is_looked_at_and_exposure_with_it()
    {
        _stage.AddPod("new");
        await ThenAsync("pod shop/new Normal", "exposure all Low");
        _stage.Server.Delete("pods", "shop", "new");
        await ThenAsync("pod shop/new Normal", "exposure all Low");
    }

    [Fact]
    public async Task A_nodes_word_brings_back_the_pods_on_it_and_no_others()
    {
        _stage.AddPod("here");
        _stage.AddPod("elsewhere");
        _stage.Server.Change("pods", "shop", "elsewhere", pod => pod["spec"]!["nodeName"] = "node-b");
        await _stage.SeeAsync();
        await _stage.EmptyAsync();
        _stage.AddNode();
        await ThenAsync("pod shop/here Low", "exposure all Low");
    }

    [Fact]
    public async Task A_namespace_that_declares_something_else_or_has_other_labels_queues_its_workloads_and_any_other_change_none()
    {
        _stage.Server.Change("namespaces", null, "shop", live => live["metadata"]!["labels"] = new JsonObject { ["tier"] = "prod" });
        await ThenAsync("workload shop/Deployment/web Low", "exposure all Low");
        _stage.Server.Change("namespaces", null, "shop", live => live["metadata"]!["annotations"] = new JsonObject { ["ossruntime.io/exposure"] = "Internet" });
        await ThenAsync("workload shop/Deployment/web Low", "exposure all Low");
        _stage.Server.Change("namespaces", null, "shop", live => live["metadata"]!["annotations"]!["somebody"] = "else");
        await ThenAsync("exposure all Low");
        _stage.Server.Delete("namespaces", null, "shop");
        await ThenAsync("workload shop/Deployment/web Low", "exposure all Low");
    }

    [Fact]
    public async Task A_Service_concerns_exposure_alone()
    {
        _stage.Server.Create("services", Named("web", "shop"));
        await ThenAsync("exposure all Low");
    }

    [Fact]
    public async Task An_owner_that_declares_something_else_queues_its_workload_and_any_other_change_none()
    {
        _stage.Server.Change("deployments", "shop", "web", live => live["metadata"]!["annotations"] = new JsonObject { ["ossruntime.io/impact"] = "High" });
        await ThenAsync("workload shop/Deployment/web Low");
        _stage.Server.Change("deployments", "shop", "web", live => live["metadata"]!["annotations"]!["deployment.kubernetes.io/revision"] = "2");
        await ThenAsync();
    }

    [Fact]
    public async Task An_ImageInventory_of_an_image_that_runs_is_made_again_when_somebody_deletes_it()
    {
        _stage.Create("imageinventories", _stage.Sealed(Inventory()), ResourceJson.Default.ImageInventory);
        await ThenAsync();
        _stage.Server.Delete("imageinventories", null, Image.ResourceName);
        await ThenAsync($"findings {Image} Normal");

        _stage.Create("imageinventories", _stage.Sealed(Inventory('b')), ResourceJson.Default.ImageInventory);
        await ThenAsync();
        _stage.Server.Delete("imageinventories", null, Samples.Image('b').ResourceName);
        await ThenAsync();
    }

    [Fact]
    public async Task An_ImageInventory_that_somebody_else_wrote_is_looked_at_after_a_moment()
    {
        _stage.Create("imageinventories", Inventory(), ResourceJson.Default.ImageInventory);
        await ThenAsync();
        _stage.Clock.Advance(TimeSpan.FromSeconds(2));
        await ThenAsync($"findings {Image} Low");
    }

    [Fact]
    public async Task A_status_that_somebody_else_wrote_is_looked_at_after_a_moment()
    {
        _stage.Create("imageinventories", _stage.Sealed(Inventory()), ResourceJson.Default.ImageInventory);
        await _stage.SeeAsync();
        _stage.Server.Change("imageinventories", null, Image.ResourceName, live => live["status"] = new JsonObject { ["observedGeneration"] = 1 }, "status");
        await ThenAsync();
        _stage.Clock.Advance(TimeSpan.FromSeconds(2));
        await ThenAsync($"findings {Image} Low");
    }

    [Fact]
    public async Task An_image_that_was_asked_for_at_admission_is_read_first_and_only_by_our_own_word()
    {
        var asked = Inventory() with { Report = null };
        var pull = new PullIdentity("shop", "default", []);
        var annotation = AskedFor.Write(pull, asked.Spec, _stage.House.Seals.Keys);
        var ours = _stage.Sealed(asked);
        ours = ours with { Metadata = ours.Metadata with { Annotations = new Dictionary<string, string>(ours.Metadata.Annotations!) { [AskedFor.Annotation] = annotation } } };
        _stage.Create("imageinventories", ours, ResourceJson.Default.ImageInventory);
        await ThenAsync($"inventory {Image} High");

        _stage.Server.Delete("imageinventories", null, Image.ResourceName);
        await _stage.SeeAsync();
        await _stage.EmptyAsync();
        _stage.Create("imageinventories", asked with { Metadata = asked.Metadata with { Annotations = new Dictionary<string, string> { [AskedFor.Annotation] = annotation } } }, ResourceJson.Default.ImageInventory);
        await ThenAsync();
    }

    [Fact]
    public async Task A_report_concerns_the_workload_that_it_says_and_those_that_run_under_its_name()
    {
        var report = new WorkloadReport
        {
            Metadata = new ObjectMeta { Name = Web.ReportName, Namespace = "shop", OwnerReferences = [new OwnerReference { ApiVersion = "apps/v1", Kind = "Deployment", Name = "web", Uid = "an earlier one" }] },
            Spec = new WorkloadReportSpec { Workload = new WorkloadReference { ApiVersion = "apps/v1", Kind = "Deployment", Name = "web" } },
        };
        _stage.Create("workloadreports", report, ResourceJson.Default.WorkloadReport);
        await _stage.SeeAsync();
        Assert.Equal([(Web, Lane.Low), (Web with { Uid = "an earlier one" }, Lane.Low)], await OperatorStage.TakeAsync(_stage.House.State.Queues.Workloads));
        _stage.Server.Delete("workloadreports", "shop", Web.ReportName);
        await ThenAsync("workload shop/Deployment/web Low");
    }

    [Fact]
    public async Task A_policy_that_changed_queues_its_status_and_all_images_and_one_that_did_not_its_status_alone()
    {
        _stage.Create("imageinventories", _stage.Sealed(Inventory('b')), ResourceJson.Default.ImageInventory);
        await _stage.SeeAsync();
        _stage.Create("riskpolicies", State.PolicySetTests.Resource("High"), ResourceJson.Default.RiskPolicyResource);
        await ThenAsync($"findings {Image} Low", $"findings {Samples.Image('b')} Low", "decision RiskPolicy prod Normal");
        _stage.Server.Change("riskpolicies", null, "prod", live => live["metadata"]!["labels"] = new JsonObject { ["a"] = "b" });
        await ThenAsync("decision RiskPolicy prod Normal");
        _stage.Server.Delete("riskpolicies", null, "prod");
        await ThenAsync($"findings {Image} Low", $"findings {Samples.Image('b')} Low", "decision RiskPolicy prod Normal");
    }

    [Fact]
    public async Task An_exception_queues_its_status_all_images_and_the_workloads_of_its_namespace_once_for_each_change_of_its_word()
    {
        _stage.Server.Create("riskexceptions", Exception("shop"));
        await ThenAsync($"findings {Image} Low", "workload shop/Deployment/web Low", "decision RiskException shop/accepted Normal");
        _stage.Server.Change("riskexceptions", "shop", "accepted", live => live["status"] = new JsonObject { ["matches"] = 1 }, "status");
        await ThenAsync("decision RiskException shop/accepted Normal");
        _stage.Server.Delete("riskexceptions", "shop", "accepted");
        await ThenAsync($"findings {Image} Low", "workload shop/Deployment/web Low", "decision RiskException shop/accepted Normal");

        _stage.Server.Create("clusterriskexceptions", Exception(null));
        await ThenAsync($"findings {Image} Low", "workload shop/Deployment/web Low", "workload bank/Deployment/api Low", "decision ClusterRiskException accepted Normal");
    }

    [Theory]
    [InlineData("shop", "workload shop/Deployment/web Low")]
    [InlineData(null, "workload shop/Deployment/web Low", "workload bank/Deployment/api Low")]
    public async Task The_end_of_an_exception_queues_the_workloads_that_it_was_for(string? @namespace, params string[] keys)
    {
        _stage.House.State.Queues.Events.Add(ClusterEvent.ExceptionEnded(new ObjectKey(@namespace, "accepted")));
        await ThenAsync(keys);
    }

    [Fact]
    public async Task Other_seal_keys_verify_everything_anew_and_queue_all_there_is()
    {
        _stage.Create("imageinventories", _stage.Sealed(Inventory()), ResourceJson.Default.ImageInventory);
        var spec = new RiskExceptionSpec
        {
            Advisories = ["CVE-1"],
            Reason = "x",
            Expires = _stage.Clock.GetUtcNow().AddDays(1),
            Approved = true,
            RequestedBy = "alice",
            ApprovedBy = "bob",
        };
        var name = new ObjectKey("shop", "accepted");
        var approved = new RiskExceptionResource { Metadata = new ObjectMeta { Name = name.Name, Namespace = name.Namespace }, Spec = spec };
        _stage.Create("riskexceptions", approved, ResourceJson.Default.RiskExceptionResource);
        _stage.Server.Change("riskexceptions", "shop", "accepted", item => item["metadata"]!["annotations"] = new JsonObject
        {
            [ApprovalSeal.Annotation] = _stage.House.Approvals!.Of(new ApprovalSubject(name, (string)item["metadata"]!["uid"]!, 1), spec),
        });
        await _stage.SeeAsync();
        await _stage.EmptyAsync();
        Assert.Single(_stage.House.State.Exceptions.InForce);
        Assert.NotNull(_stage.House.Seals.Inventories.Find(new ObjectKey(null, Image.ResourceName)));

        _stage.House.Seals.Keys.Set(Enumerable.Repeat((byte)4, 32).ToArray());
        _stage.House.State.Queues.Events.Add(ClusterEvent.SealKeysChanged);
        await ThenAsync($"findings {Image} Low", "workload shop/Deployment/web Low", "workload bank/Deployment/api Low", "decision RiskException shop/accepted Normal");
        Assert.Empty(_stage.House.State.Exceptions.InForce);
        Assert.Null(_stage.House.Seals.Inventories.Find(new ObjectKey(null, Image.ResourceName)));
    }

    [Theory]
    [InlineData("database adopted")]
    [InlineData("VEX adopted")]
    public async Task Other_knowledge_queues_every_image_that_runs_or_has_an_object(string happened)
    {
        _stage.Create("imageinventories", _stage.Sealed(Inventory('b')), ResourceJson.Default.ImageInventory);
        await _stage.SeeAsync();
        _stage.House.State.Queues.Events.Add(new ClusterEvent(happened));
        await ThenAsync($"findings {Image} Low", $"findings {Samples.Image('b')} Low");
    }

    [Fact]
    public async Task After_the_start_every_report_and_image_of_before_is_looked_at()
    {
        _stage.Create("imageinventories", _stage.Sealed(Inventory('b')), ResourceJson.Default.ImageInventory);
        var old = new WorkloadReport
        {
            Metadata = new ObjectMeta { Name = "deployment-old", Namespace = "shop", OwnerReferences = [new OwnerReference { ApiVersion = "apps/v1", Kind = "Deployment", Name = "old", Uid = "u" }] },
            Spec = new WorkloadReportSpec { Workload = new WorkloadReference { ApiVersion = "apps/v1", Kind = "Deployment", Name = "old" } },
        };
        _stage.Create("workloadreports", old, ResourceJson.Default.WorkloadReport);
        await _stage.SeeAsync();
        await _stage.EmptyAsync();
        _stage.House.State.Queues.Events.Add(ClusterEvent.StartCompleted);
        await ThenAsync($"findings {Image} Low", $"findings {Samples.Image('b')} Low", "workload shop/Deployment/old Low");
    }

    [Fact]
    public async Task Followers_are_told_after_what_is_known_to_all_and_before_any_work_is_asked_for()
    {
        var told = new List<string>();
        _stage.House.Follow(new Follower(happened => told.Add(
            $"{happened} known={_stage.House.State.Policies.All.Length} verified={_stage.House.Seals.Inventories.All.Count} queued={_stage.House.State.Queues.Findings.Depth}")));
        _stage.Create("riskpolicies", State.PolicySetTests.Resource("High"), ResourceJson.Default.RiskPolicyResource);
        await _stage.SeeAsync();
        await _stage.EmptyAsync();
        _stage.Create("imageinventories", _stage.Sealed(Inventory()), ResourceJson.Default.ImageInventory);
        _stage.AddPod("new");
        await _stage.SeeAsync();
        Assert.Equal(["RiskPolicy prod known=1 verified=0 queued=0", "Pod shop/new known=1 verified=0 queued=0", $"ImageInventory {Image.ResourceName} known=1 verified=1 queued=0"], told);
    }

    [Fact]
    public async Task One_event_has_its_turn_after_the_other()
    {
        var (at, most, left) = (0, 0, 2_000);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _stage.House.Follow(new Follower(_ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref at));
            Thread.SpinWait(2_000);
            Interlocked.Decrement(ref at);
            if (Interlocked.Decrement(ref left) == 0)
            {
                done.SetResult();
            }
        }));
        for (var i = 0; i < 2_000; i++)
        {
            _stage.House.State.Queues.Events.Add(new ClusterEvent("Pod", new ObjectKey("shop", $"pod-{i}")));
        }

        using var stop = new CancellationTokenSource();
        var run = _stage.Triggers.Worker().RunAsync(stop.Token);
        await done.Task.WaitAsync(TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await run;
        Assert.Equal(1, most);
    }

    /// <summary>After all events had their turn exactly these keys are due.</summary>
    private async Task ThenAsync(params string[] keys)
    {
        await _stage.SeeAsync();
        var queues = _stage.House.State.Queues;
        var due = new List<string>();
        await CollectAsync("pod", queues.Pods, key => key.ToString());
        await CollectAsync("inventory", queues.Inventories, key => key.ToString());
        await CollectAsync("findings", queues.Findings, key => key.ToString());
        await CollectAsync("workload", queues.Workloads, key => key.ToString());
        await CollectAsync("exposure", queues.Exposures, key => key == ExposureReconciler.Everything ? "all" : key);
        await CollectAsync("decision", queues.Decisions, key => $"{key.Kind} {key.Key}");
        Assert.Equal(keys.Order(StringComparer.Ordinal), due.Order(StringComparer.Ordinal));

        async Task CollectAsync<TKey>(string queue, WorkQueue<TKey> keysOf, Func<TKey, string> text)
            where TKey : notnull =>
            due.AddRange((await OperatorStage.TakeAsync(keysOf)).Select(taken => $"{queue} {text(taken.Key)} {taken.Lane}"));
    }

    private static JsonObject Named(string name, string? @namespace = null) => new() { ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = @namespace } };

    private static JsonObject Exception(string? @namespace)
    {
        var exception = Named("accepted", @namespace);
        exception["spec"] = new JsonObject { ["advisories"] = new JsonArray("CVE-1"), ["reason"] = "x", ["expires"] = "2030-01-01T00:00:00Z" };
        return exception;
    }

    private static ImageInventory Inventory(char digit = 'a') => new()
    {
        Metadata = new ObjectMeta { Name = Samples.Image(digit).ResourceName },
        Spec = new ImageInventorySpec { Digest = Samples.Digest(digit).Value, Platform = "linux/amd64", Image = "registry.example/web:1" },
        Report = new ImageInventoryReport { Source = "Layers" },
    };

    private sealed class Follower(Action<ClusterEvent> follow) : IEventFollower
    {
        public void Follow(ClusterEvent happened) => follow(happened);
    }
}
