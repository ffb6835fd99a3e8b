using System.Text;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using OssRuntime.EndToEnd.Tests.Spine;
using OssRuntime.Testing.Registry;

namespace OssRuntime.EndToEnd.Tests.Admission;

/// <summary>Images that nobody has run yet, where unknown images are denied: the denial brings them in.</summary>
[Collection(AdmissionCollection.Name)]
public sealed class UnknownImageTests(AdmissionCluster cluster) : IAsyncLifetime
{
    private const string Pods = "api/v1/namespaces/new/pods";

    private FakeRegistry _guarded = null!;

    public async ValueTask InitializeAsync()
    {
        _guarded = await FakeRegistry.StartAsync();
        _guarded.Login.RequireBasic("shop", "open-sesame");
        await cluster.PublishAsync(AdmissionCluster.Advisory("CVE-2021-1", "bad"));
        await cluster.SpaceAsync("new");
        await cluster.Applier.ApplyAsync(
            "{apiVersion: ossruntime.io/v1alpha1, kind: RiskPolicy, metadata: {name: new}, spec: {selector: {namespaces: [new]}, action: Deny, unknownImages: Deny, runningGrace: true, rules: [{name: severe, severity: Critical}]}}");
    }

    public async ValueTask DisposeAsync()
    {
        cluster.Only = null;
        await cluster.StopAllAsync();
        await _guarded.DisposeAsync();
    }

    [Fact]
    public async Task A_new_image_is_read_before_it_runs_and_the_next_try_is_answered_by_what_is_in_it()
    {
        var leader = cluster.Start();
        await SpineStage.EventuallyAsync(
            async () => (await cluster.Client.CoordinationV1.ListNamespacedLeaseAsync(AdmissionCluster.Namespace)).Items.Any(lease => lease.Metadata.Name == "ossruntime" && lease.Spec.HolderIdentity is { Length: > 0 }), "the first replica to lead");
        var follower = cluster.Start();
        await follower.ReadyAsync();
        cluster.Push("new/clean", "1", "good");
        cluster.Push("new/bad", "1", "bad");

        // Whichever replica is asked, and by whichever name: a follower, and a tag.
        foreach (var (replica, name) in new[] { (follower, "new/clean"), (follower, "new/bad"), (leader, "new/clean") })
        {
            cluster.Only = replica;
            await cluster.ServedByAsync(1);
            var image = cluster.Registry.Reference(name, "1");
            if (replica == follower)
            {
                Assert.Contains("read as soon as this is no dry run", (await cluster.Alice.CreateAsync(Pods, cluster.Pod([image]), dryRun: true)).Text, StringComparison.Ordinal);
                Assert.Equal(0, cluster.Registry.Count($"/v2/{name}/"));
                var first = await cluster.Alice.CreateAsync(Pods, cluster.Pod([image]));
                Assert.Equal("denied", first.Decision);
                Assert.Contains("it is being read now: try again in a minute", first.Text, StringComparison.Ordinal);
            }

            await AnsweredAsync(image, name == "new/bad" ? "new/severe" : null);
        }

        // An alias of what is known: the replica that is asked looks it up, and writes nothing.
        var count = (await cluster.ImagesAsync()).Count;
        cluster.Registry.Push("new/clean", "2", AdmissionCluster.Image("new/clean1", "good"));
        await AnsweredAsync(cluster.Registry.Reference("new/clean", "2"), null);
        Assert.Equal(count, (await cluster.ImagesAsync()).Count);

        // One that no registry has is told in one coarse reason, or anybody could ask what there is; it makes no object.
        var none = cluster.Registry.Reference("new/none", "1");
        await SpineStage.EventuallyAsync(
            async () => (await cluster.Alice.CreateAsync(Pods, cluster.Pod([none]))).Text.Contains("its registry did not give it", StringComparison.Ordinal), "the image that does not exist to be told of");
        Assert.Equal(count, (await cluster.ImagesAsync()).Count);
    }

    [Fact]
    public async Task A_private_image_is_read_with_what_the_pod_names()
    {
        cluster.Start();
        await cluster.ServedByAsync(1);
        var image = _guarded.Push("team/private", "1", AdmissionCluster.Image("private", "good"));
        var config = $$$"""{"auths":{"{{{_guarded.Host}}}":{"username":"shop","password":"open-sesame"} } }""";
        await cluster.Client.CoreV1.CreateNamespacedSecretAsync(
            new V1Secret
            {
                Metadata = new V1ObjectMeta { Name = "pull" },
                Type = "kubernetes.io/dockerconfigjson",
                Data = new Dictionary<string, byte[]> { [".dockerconfigjson"] = Encoding.UTF8.GetBytes(config) },
            },
            "new");
        var pod = JsonNode.Parse(cluster.Pod([image]))!;
        pod["spec"]!["imagePullSecrets"] = new JsonArray(new JsonObject { ["name"] = "pull" });
        await SpineStage.EventuallyAsync(async () => (await cluster.Alice.CreateAsync(Pods, pod.ToJsonString())).Decision == "allowed", "the private image to be let in");
        // Nothing that was written holds the password.
        Assert.DoesNotContain("open-sesame", (await cluster.Admin.GetAsync("apis/ossruntime.io/v1alpha1/imageinventories")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_asked_for_and_never_ran_goes_after_its_time()
    {
        cluster.Start(options => options with { Retention = TimeSpan.FromSeconds(4) });
        await cluster.ServedByAsync(1);
        cluster.Push("new/passing", "1", "good");
        var image = cluster.Registry.Reference("new/passing", "1");
        await cluster.Alice.CreateAsync(Pods, cluster.Pod([image]));
        await SpineStage.EventuallyAsync(async () => (await cluster.ImagesAsync()).Any(IsIt), "the image to have an object");
        await SpineStage.EventuallyAsync(async () => !(await cluster.ImagesAsync()).Any(IsIt), "the object to go");

        bool IsIt(SpineReport report) => report.Spec.GetProperty("image").GetString() == image;
    }

    // Null for let in, else what the denial names.
    private Task AnsweredAsync(string image, string? denial) => SpineStage.EventuallyAsync(
        async () =>
        {
            var seen = await cluster.Alice.CreateAsync(Pods, cluster.Pod([image]));
            return denial is null ? seen.Decision == "allowed" : seen.Decision == "denied" && seen.Text.Contains(denial, StringComparison.Ordinal);
        },
        $"{image} to be {denial ?? "let in"}");
}
