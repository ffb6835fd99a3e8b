using System.Text.Json.Nodes;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.State;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.Pods;

/// <summary>What runs is known from the pods, whatever their owners are and however badly these can be read.</summary>
public sealed class PodReconcilerTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(1);

    private OperatorStage _stage = null!;

    private RunningPods Running => _stage.House.State.Running;

    public async ValueTask InitializeAsync()
    {
        _stage = await OperatorStage.StartAsync(new OperatorOptions { ExcludedNamespaces = ["left-alone"] });
        _stage.AddNode();
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_pods_image_and_workload_are_found_and_asked_to_be_worked_on()
    {
        var pod = _stage.AddPod("web-1-x", _stage.AddDeployment());
        await _stage.OpenAsync();

        Assert.Equal(Result.Done, await LookAsync(pod));
        var found = Running.Find(pod)!;
        Assert.Equal(("Deployment", "apps", "web"), (found.Workload.Kind, found.Workload.Group, found.Workload.Name));
        Assert.Equal([Samples.Image('a')], RunningPods.ImagesOf(found));
        Assert.Equal([(Samples.Image('a'), Lane.Low)], await OperatorStage.TakeAsync(_stage.House.State.Queues.Inventories));
        Assert.Equal([(found.Workload, Lane.Low)], await OperatorStage.TakeAsync(_stage.House.State.Queues.Workloads));
    }

    [Fact]
    public async Task What_comes_after_the_start_goes_before_what_was_there()
    {
        await _stage.OpenAsync();
        var pod = _stage.AddPod("alone");
        await _stage.SeeAsync();
        await LookAsync(pod);
        Assert.Equal([(Samples.Image('a'), Lane.Normal)], await OperatorStage.TakeAsync(_stage.House.State.Queues.Inventories));
        Assert.Equal([(new WorkloadKey("shop", "", "Pod", "alone", Running.Find(pod)!.Pod.Uid), Lane.Normal)], await OperatorStage.TakeAsync(_stage.House.State.Queues.Workloads));
    }

    [Fact]
    public async Task A_pod_that_only_becomes_ready_asks_for_no_work_and_one_with_another_image_does()
    {
        var pod = _stage.AddPod("web-1-x", _stage.AddDeployment());
        await _stage.OpenAsync();
        await LookAsync(pod);
        await _stage.EmptyAsync();

        _stage.Server.Change("pods", "shop", "web-1-x", live => live["status"]!["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "True" }));
        await _stage.SeeAsync();
        Assert.Equal([(pod, Lane.Normal)], await OperatorStage.TakeAsync(_stage.House.State.Queues.Pods));
        await LookAsync(pod);
        Assert.Equal((0, 0), (_stage.House.State.Queues.Inventories.Depth, _stage.House.State.Queues.Workloads.Depth));

        _stage.Server.Change("pods", "shop", "web-1-x", live => live["status"]!["containerStatuses"]![0]!["imageID"] = "registry.example/web@" + Samples.Digest('b'));
        await _stage.SeeAsync();
        await LookAsync(pod);
        Assert.Equal([Samples.Image('a'), Samples.Image('b')], (await OperatorStage.TakeAsync(_stage.House.State.Queues.Inventories)).Select(taken => taken.Key).OrderBy(key => key.ResourceName));
    }

    [Fact]
    public async Task A_pod_that_has_ended_is_gone_or_is_to_be_left_alone_does_not_run()
    {
        var ended = _stage.AddPod("ended");
        var gone = _stage.AddPod("gone");
        await _stage.OpenAsync();
        await LookAsync(ended);
        await LookAsync(gone);
        _stage.Server.Change("pods", "shop", "ended", pod => pod["status"]!["phase"] = "Succeeded");
        _stage.Server.Delete("pods", "shop", "gone");
        _stage.Server.Create("pods", new JsonObject { ["metadata"] = new JsonObject { ["name"] = "other", ["namespace"] = "left-alone" } });
        await _stage.SeeAsync();
        await _stage.EmptyAsync();

        await LookAsync(ended);
        await LookAsync(gone);
        await LookAsync(new ObjectKey("left-alone", "other"));
        Assert.Empty(Running.All);
        Assert.Equal(2, _stage.House.State.Queues.Workloads.Depth);
    }

    [Fact]
    public async Task An_image_of_which_nobody_says_the_digest_or_the_platform_yet_says_why()
    {
        _stage.Server.Delete("nodes", null, "node-a");
        var nowhere = _stage.AddPod("nowhere");
        var waiting = _stage.AddPod("waiting");
        var local = _stage.AddPod("local");
        _stage.Server.Change("pods", "shop", "waiting", pod => pod["status"]!["containerStatuses"]![0] = JsonNode.Parse("""{"name": "c", "imageID": "", "state": {"waiting": {"reason": "ImagePullBackOff"} } }"""));
        _stage.Server.Change("pods", "shop", "local", pod => pod["status"]!["containerStatuses"]![0]!["imageID"] = Samples.Digest('c').Value);
        await _stage.OpenAsync();
        Assert.Equal((ImageState.Pending, "UnknownPlatform"), await StateAsync(nowhere));
        Assert.Equal((ImageState.Pending, "ImagePullBackOff"), await StateAsync(waiting));
        Assert.Equal((ImageState.Unsupported, "NoRepositoryDigest"), await StateAsync(local));

        // The node's own word brings the pods on it back.
        await _stage.EmptyAsync();
        _stage.AddNode();
        await _stage.SeeAsync();
        Assert.Contains((nowhere, Lane.Low), await OperatorStage.TakeAsync(_stage.House.State.Queues.Pods));
        await LookAsync(nowhere);
        Assert.Equal([Samples.Image('a')], Running.Images);

        async Task<(ImageState, string?)> StateAsync(ObjectKey pod)
        {
            await LookAsync(pod);
            var container = Assert.Single(Running.Find(pod)!.Containers);
            return (container.Unknown, container.Problem);
        }
    }

    public static TheoryData<string, Fault> Refusals => new()
    {
        { "as the test wished", Fault.Status(500, "InternalError") },
        { "as the test wished", Fault.Status(503, "ServiceUnavailable") },
        { "as the test wished", Fault.Status(403, "Forbidden") },
        { "", Fault.Reset },
        { "", Fault.Body("no JSON at all") },
    };

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task An_owner_that_cannot_be_read_ends_the_walk_there_is_said_and_is_asked_again(string reason, Fault fault)
    {
        var pod = _stage.AddPod("web-1-x", _stage.AddDeployment());
        await _stage.OpenAsync();
        _stage.Server.Fail("get", "replicasets", fault);

        Assert.Equal(Result.After(Soon), await LookAsync(pod));
        var found = Running.Find(pod)!;
        Assert.Equal(("ReplicaSet", "web-1"), (found.Workload.Kind, found.Workload.Name));
        Assert.StartsWith("ReplicaSet web-1 cannot be read: ", found.OwnerProblem, StringComparison.Ordinal);
        Assert.Contains(reason, found.OwnerProblem, StringComparison.Ordinal);
        Assert.True(_stage.House.State.Backlog.Done.IsCompleted);

        // The server answers again: the next look finds the rest, whatever was remembered.
        Assert.Equal(Result.Done, await LookAsync(pod));
        Assert.Equal(("Deployment", null), (Running.Find(pod)!.Workload.Kind, Running.Find(pod)!.OwnerProblem));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    public async Task A_reference_that_no_server_would_give_harms_its_own_pod_at_most(string name)
    {
        var bad = _stage.AddPod("bad", new OwnerReference { ApiVersion = "apps/v1", Kind = "ReplicaSet", Name = name, Uid = "u" });
        var good = _stage.AddPod("good", _stage.AddDeployment());
        await _stage.OpenAsync();
        await _stage.WorkAsync();

        Assert.Empty(_stage.Failures);
        Assert.Equal("Deployment", Running.Find(good)!.Workload.Kind);
        Assert.Equal(name, Running.Find(bad)!.Workload.Name);
        Assert.True(_stage.House.State.Backlog.Done.IsCompleted);
        Assert.DoesNotContain(_stage.Server.Requests, request => request.Path.Contains("..", StringComparison.Ordinal) || request.Path.EndsWith("/b", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_kind_whose_server_hangs_holds_up_its_own_pods_for_seconds_and_no_others()
    {
        var hangs = _stage.AddPod("hangs", _stage.AddOwner("platforms", "Platform", "base"));
        var second = _stage.AddPod("second", _stage.AddOwner("platforms", "Platform", "other"));
        var good = _stage.AddPod("good", _stage.AddDeployment());
        await _stage.OpenAsync();
        _stage.Server.Fail("get", "platforms", Fault.Silence);

        var hanging = _stage.ReconcilerOf<ObjectKey>("pod").ReconcileAsync(hangs, TestContext.Current.CancellationToken);
        await _stage.Server.WhenAsync(server => server.Requests.Any(request => request is { Verb: "get", Plural: "platforms" }), TestContext.Current.CancellationToken);
        Assert.Equal(Result.Done, await LookAsync(good));
        Assert.Equal("Deployment", Running.Find(good)!.Workload.Kind);
        Assert.False(hanging.IsCompleted);

        _stage.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(Result.After(Later), await hanging);
        Assert.Equal(("Platform", "Platform base cannot be read: no answer after 3 s"), (Running.Find(hangs)!.Workload.Kind, Running.Find(hangs)!.OwnerProblem));

        // The kind is left alone for a while: its next pod does not even ask.
        Assert.Equal(Result.After(Later), await LookAsync(second));
        Assert.Single(_stage.Server.Requests, request => request is { Verb: "get", Plural: "platforms" });
        Assert.True(_stage.House.State.Backlog.Done.IsCompleted);
        _stage.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(Result.Done, await LookAsync(second));
        Assert.Null(Running.Find(second)!.OwnerProblem);
    }

    [Fact]
    public async Task What_may_be_read_from_some_time_on_is_read_then_without_a_restart()
    {
        var pod = _stage.AddPod("web-1-x", _stage.AddDeployment(owner: _stage.AddOwner("platforms", "Platform", "base")));
        await _stage.OpenAsync();
        _stage.Server.Fail("get", "platforms", Fault.Status(403, "Forbidden"));
        await _stage.WorkAsync();
        Assert.Equal(("Deployment", false), (Running.Find(pod)!.Workload.Kind, Running.IsInDoubt("shop")));
        Assert.Equal(["Platform/base"], Running.Find(pod)!.Above);
        Assert.NotNull(Running.Find(pod)!.OwnerProblem);

        _stage.Clock.Advance(Later - TimeSpan.FromSeconds(1));
        await _stage.WorkAsync();
        Assert.NotNull(Running.Find(pod)!.OwnerProblem);
        _stage.Clock.Advance(TimeSpan.FromSeconds(1));
        await _stage.WorkAsync();
        Assert.Null(Running.Find(pod)!.OwnerProblem);
    }

    [Fact]
    public async Task Pods_that_name_their_owner_under_two_versions_are_of_one_workload()
    {
        var owner = _stage.AddOwner("deployments", "Deployment", "web");
        var first = _stage.AddPod("one", owner);
        var second = _stage.AddPod("two", owner with { ApiVersion = "apps/v1beta1" });
        await _stage.OpenAsync();
        await _stage.WorkAsync();

        Assert.Equal(2, Running.Of(Running.Find(first)!.Workload).Count);
        Assert.Equal(Running.Find(first)!.Workload, Running.Find(second)!.Workload);
        Assert.Equal("apps/v1", _stage.Find("workloadreports", "shop", "deployment-web")!["spec"]!["workload"]!["apiVersion"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_same_kind_and_name_in_two_groups_are_two_workloads_with_a_report_each()
    {
        _stage.AddPod("one", new OwnerReference { ApiVersion = "apps/v1", Kind = "StatefulSet", Name = "db", Uid = "u1" });
        _stage.AddPod("two", new OwnerReference { ApiVersion = "apps.kruise.io/v1", Kind = "StatefulSet", Name = "db", Uid = "u2" });
        await _stage.OpenAsync();
        await _stage.WorkAsync();

        var names = Running.WorkloadsIn("shop").Select(workload => workload.ReportName).ToList();
        Assert.Equal(2, names.Distinct().Count());
        Assert.All(names, name => Assert.Equal(1, _stage.Find("workloadreports", "shop", name)!["report"]!["pods"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_pod_is_in_doubt_from_the_first_look_that_did_not_come_past_a_revision_until_one_does()
    {
        var pod = _stage.AddPod("web-1-x", _stage.AddDeployment());
        await _stage.OpenAsync();
        _stage.Server.Fail("get", "replicasets", Fault.Status(500, "InternalError"), Fault.Status(500, "InternalError"));
        var first = _stage.Clock.GetUtcNow();
        await LookAsync(pod);
        _stage.Clock.Advance(Soon);
        await LookAsync(pod);
        Assert.Equal((first, true, false), (Running.Find(pod)!.InDoubtSince, Running.IsInDoubt("shop"), Running.IsInDoubt("bank")));

        await LookAsync(pod);
        Assert.Equal((null, false), (Running.Find(pod)!.InDoubtSince, Running.IsInDoubt("shop")));
    }

    private Task<Result> LookAsync(ObjectKey pod) => _stage.ReconcileAsync("pod", pod);
}
