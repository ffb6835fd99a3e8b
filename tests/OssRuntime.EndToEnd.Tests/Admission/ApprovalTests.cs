using System.Text.Json;
using OssRuntime.EndToEnd.Tests.Spine;

namespace OssRuntime.EndToEnd.Tests.Admission;

/// <summary>Who may accept a risk, on a real API server with people who have different rights; and what forging comes to.</summary>
[Collection(AdmissionCollection.Name)]
public sealed class ApprovalTests(AdmissionCluster cluster) : IAsyncLifetime
{
    private const string Pods = "api/v1/namespaces/approval/pods";
    private const string Exceptions = "apis/ossruntime.io/v1alpha1/namespaces/approval/riskexceptions";
    private const string Cluster = "apis/ossruntime.io/v1alpha1/clusterriskexceptions";

    private string _bad = "";

    public async ValueTask InitializeAsync()
    {
        await cluster.PublishAsync(AdmissionCluster.Advisory("CVE-2021-1", "bad"));
        _bad = cluster.Push("approval/bad", "1", "bad");
        await cluster.SpaceAsync("approval");
        await cluster.Applier.ApplyAsync(
            "{apiVersion: ossruntime.io/v1alpha1, kind: RiskPolicy, metadata: {name: approval}, spec: {selector: {namespaces: [approval]}, action: Deny, unknownImages: Warn, runningGrace: false, maximumExceptionDays: 30, rules: [{name: severe, severity: Critical}]}}");
        cluster.Start();
        await cluster.ServedByAsync(1);
        await SpineStage.EventuallyAsync(IsDeniedAsync, "the image to be denied");
    }

    public async ValueTask DisposeAsync() => await cluster.StopAllAsync();

    [Fact]
    public async Task An_exception_is_in_force_once_somebody_else_with_the_verb_approves_it_and_until_it_is_changed()
    {
        // What the object says of its people is overwritten.
        Assert.Equal(403, (await cluster.Alice.CreateAsync(Exceptions, Body("born-approved", "\"approved\":true"))).Code);
        Assert.Equal(403, (await cluster.Alice.CreateAsync(Exceptions, Body("for-ever", "\"requestedBy\":\"bob\"", days: 31))).Code);
        Assert.Equal(201, (await cluster.Alice.CreateAsync(Exceptions, Body("one", "\"requestedBy\":\"mallory\",\"approvedBy\":\"bob\""))).Code);
        Assert.Equal(("alice", null, null), await PeopleAsync("one"));

        // Neither who asked, nor who has not the verb.
        Assert.Equal("denied", (await ApproveAsync(cluster.Alice, "one")).Decision);
        Assert.Contains("does not have the verb approve", (await ApproveAsync(cluster.Mallory, "one")).Text, StringComparison.Ordinal);
        // A dry run approves nothing.
        Assert.Equal("allowed", (await cluster.Bob.MergeAsync($"{Exceptions}/one", """{"spec":{"approved":true}}""", dryRun: true)).Decision);
        Assert.Equal(("alice", null, null), await PeopleAsync("one"));
        Assert.True(await IsDeniedAsync());

        Assert.Equal("allowed", (await ApproveAsync(cluster.Bob, "one")).Decision);
        Assert.Equal(("alice", "bob", true), await PeopleAsync("one"));
        await SpineStage.EventuallyAsync(async () => !await IsDeniedAsync(), "the exception to be in force");

        // A label changes nothing of it; its content does, and whoever wrote it is who asks now.
        await cluster.Mallory.MergeAsync($"{Exceptions}/one", """{"metadata":{"labels":{"a":"b"}}}""");
        Assert.Equal(("alice", "bob", true), await PeopleAsync("one"));
        var changed = await cluster.Mallory.MergeAsync($"{Exceptions}/one", """{"spec":{"advisories":["*"]}}""");
        Assert.Contains(changed.Warnings, warning => warning.Contains("to be approved again", StringComparison.Ordinal));
        Assert.Equal(("mallory", null, null), await PeopleAsync("one"));
        await SpineStage.EventuallyAsync(IsDeniedAsync, "the changed exception to be out of force");

        // Who rewrites another's request may not approve it either.
        await cluster.Alice.MergeAsync($"{Exceptions}/one", """{"spec":{"advisories":["CVE-2021-1","CVE-2021-2"]}}""");
        Assert.Equal("denied", (await ApproveAsync(cluster.Alice, "one")).Decision);
        await cluster.Admin.DeleteAsync($"{Exceptions}/one");
    }

    [Fact]
    public async Task A_forged_status_and_a_forged_report_open_no_door()
    {
        Assert.Equal(201, (await cluster.Mallory.CreateAsync(Exceptions, Body("forged", "\"approvedBy\":\"bob\""))).Code);
        var forged = await cluster.Mallory.MergeAsync(
            $"{Exceptions}/forged/status",
            """{"spec":{"approved":true,"approvedBy":"bob"},"status":{"conditions":[{"type":"InForce","status":"True","reason":"Approved","message":"x","lastTransitionTime":"2026-01-01T00:00:00Z"}]}}""");
        Assert.Equal(200, forged.Code);
        Assert.Equal(("mallory", null, null), await PeopleAsync("forged"));
        Assert.True(await IsDeniedAsync());
        await cluster.Admin.DeleteAsync($"{Exceptions}/forged");

        // Whoever may write reports can say that an image is clean, for the moment that it takes to put that right.
        var name = Assert.Single(await cluster.ImagesAsync(), image => image.Spec.GetProperty("image").GetString() == _bad).Metadata.Name;
        Assert.Equal(200, (await cluster.Mallory.MergeAsync($"apis/ossruntime.io/v1alpha1/imageinventories/{name}", """{"report":{"hits":[]}}""")).Code);
        await SpineStage.EventuallyAsync(
            async () => (await cluster.Admin.GetAsync($"apis/ossruntime.io/v1alpha1/imageinventories/{name}")).Text.Contains("CVE-2021-1\\", StringComparison.Ordinal), "the report to be put right");
        await SpineStage.EventuallyAsync(IsDeniedAsync, "the image to be denied again");
    }

    [Fact]
    public async Task What_is_written_as_approved_while_the_webhooks_are_gone_does_not_count_when_they_are_back()
    {
        await cluster.Admin.DeleteAsync("apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/ossruntime-webhooks");
        try
        {
            await SpineStage.EventuallyAsync(
                async () => (await cluster.Mallory.CreateAsync(Exceptions, Body("sneaked-in", "\"approved\":true,\"requestedBy\":\"alice\",\"approvedBy\":\"bob\""))).Code is 201 or 409, "nobody to look");
            Assert.Equal(("alice", "bob", true), await PeopleAsync("sneaked-in"));
            await SpineStage.EventuallyAsync(
                async () => (await cluster.Admin.GetAsync($"{Exceptions}/sneaked-in")).Text.Contains("the webhooks did not see this approval", StringComparison.Ordinal), "the exception to say that it does not count");
            Assert.True(await IsDeniedAsync());
        }
        finally
        {
            await cluster.ReinstallAsync();
            await cluster.Admin.DeleteAsync($"{Exceptions}/sneaked-in");
        }
    }

    [Fact]
    public async Task One_for_the_cluster_goes_the_same_way()
    {
        Assert.Equal(201, (await cluster.Alice.CreateAsync(Cluster, Body("everywhere", "\"namespaces\":[\"approval\"]").Replace("RiskException", "ClusterRiskException", StringComparison.Ordinal))).Code);
        Assert.Equal("denied", (await cluster.Mallory.MergeAsync($"{Cluster}/everywhere", """{"spec":{"approved":true}}""")).Decision);
        Assert.Equal("allowed", (await cluster.Bob.MergeAsync($"{Cluster}/everywhere", """{"spec":{"approved":true}}""")).Decision);
        await SpineStage.EventuallyAsync(async () => !await IsDeniedAsync(), "the exception to be in force");
        await cluster.Admin.DeleteAsync($"{Cluster}/everywhere");
        await SpineStage.EventuallyAsync(IsDeniedAsync, "the exception to be gone");
    }

    [Fact]
    public async Task A_policy_that_cannot_be_read_is_refused_with_the_path_of_the_field()
    {
        var answer = await cluster.Alice.CreateAsync(
            "apis/ossruntime.io/v1alpha1/riskpolicies",
            """{"apiVersion":"ossruntime.io/v1alpha1","kind":"RiskPolicy","metadata":{"name":"typo"},"spec":{"rules":[{"name":"a","deniedPackages":["no purl"]}]}}""");
        Assert.Equal("denied", answer.Decision);
        Assert.Contains("spec.rules[0].deniedPackages[0]", answer.Text, StringComparison.Ordinal);
    }

    private async Task<bool> IsDeniedAsync() => (await cluster.Alice.CreateAsync(Pods, cluster.Pod([_bad]))).Decision == "denied";

    private static Task<AdmissionAnswerSeen> ApproveAsync(ApiUser user, string name) => user.MergeAsync($"{Exceptions}/{name}", """{"spec":{"approved":true}}""");

    private static string Body(string name, string more, int days = 7) =>
        $$$"""{"apiVersion":"ossruntime.io/v1alpha1","kind":"RiskException","metadata":{"name":"{{{name}}}"},"spec":{"advisories":["CVE-2021-1"],"reason":"not reachable","expires":"{{{DateTimeOffset.UtcNow.AddDays(days):yyyy-MM-ddTHH:mm:ssZ}}}",{{{more}}}}}""";

    private async Task<(string? Requester, string? Approver, bool? Approved)> PeopleAsync(string name)
    {
        using var item = JsonDocument.Parse((await cluster.Admin.GetAsync($"{Exceptions}/{name}")).Text);
        var spec = item.RootElement.GetProperty("spec");
        return (Text("requestedBy"), Text("approvedBy"), spec.TryGetProperty("approved", out var approved) ? approved.GetBoolean() : null);

        string? Text(string field) => spec.TryGetProperty(field, out var value) ? value.GetString() : null;
    }
}
