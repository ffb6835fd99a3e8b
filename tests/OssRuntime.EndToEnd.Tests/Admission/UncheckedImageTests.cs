using k8s;
using System.Text.Json;
using OssRuntime.EndToEnd.Tests.Spine;
using OssRuntime.Testing.Images;

namespace OssRuntime.EndToEnd.Tests.Admission;

/// <summary>Images of which the database covers nothing, or a part: their objects say so, have no zeros, and admission takes the first for unknown.</summary>
[Collection(AdmissionCollection.Name)]
public sealed class UncheckedImageTests(AdmissionCluster cluster) : IAsyncLifetime
{
    private const string Space = "unsure";
    private const string Pods = $"api/v1/namespaces/{Space}/pods";
    private const string Python = "app/lib/python3.12/site-packages/orders-1.0.0.dist-info/METADATA";

    public async ValueTask InitializeAsync()
    {
        await cluster.PublishAsync(AdmissionCluster.Advisory("CVE-2021-1", "bad"));
        await cluster.SpaceAsync(Space, "ran-before");
        await cluster.Applier.ApplyAsync(
            $"{{apiVersion: ossruntime.io/v1alpha1, kind: RiskPolicy, metadata: {{name: {Space}}}, spec: {{selector: {{namespaces: [{Space}]}}, action: Deny, unknownImages: Deny, runningGrace: false, rules: [{{name: severe, severity: Critical}}]}}}}");
    }

    public async ValueTask DisposeAsync() => await cluster.StopAllAsync();

    [Fact]
    public async Task Objects_and_admission_tell_what_was_not_checked_apart_from_what_is_clean()
    {
        var none = await RunAsync("none", tar => tar.File(Python, "Name: orders\nVersion: 1.0.0\n"));
        var some = await RunAsync("some", tar => tar.File(Python, "Name: orders\nVersion: 1.0.0\n").File("app/node_modules/good/package.json", """{"name":"good","version":"1.0.0"}"""));
        cluster.Start();
        await cluster.ServedByAsync(1);
        await SpineStage.EventuallyAsync(async () => await ReasonAsync(none) == "NothingCovered" && await ReasonAsync(some) == "PartlyCovered", "both images to be matched");

        var nothing = (await FindAsync(none))!.Report;
        Assert.False(nothing.TryGetProperty("counts", out _));
        Assert.Equal(("Nothing", 1, 0), Checked(nothing));
        Assert.StartsWith("EcosystemNotCovered 1 components 0 places: PyPI", nothing.GetProperty("checked").GetProperty("unchecked")[0].GetString(), StringComparison.Ordinal);
        var part = (await FindAsync(some))!.Report;
        Assert.Equal(("Partly", 2, 1), Checked(part));
        Assert.Equal(DateTimeOffset.Parse("2026-08-01T00:00:00Z", null), part.GetProperty("newestRecord").GetDateTimeOffset());

        await SpineStage.EventuallyAsync(async () => (await ReportAsync("none"))?.ReasonOf("Covered") == "ImagesNotChecked", "the workload's report of the first");
        Assert.Equal("NothingCovered", (await ReportAsync("none"))!.ReasonOf("Matched"));
        Assert.False((await ReportAsync("none"))!.Report.TryGetProperty("counts", out _));

        await SpineStage.EventuallyAsync(async () => (await cluster.Alice.CreateAsync(Pods, cluster.Pod([some]))).Decision == "allowed", "the image that was checked in part to be let in");
        var refused = await cluster.Alice.CreateAsync(Pods, cluster.Pod([none]));
        Assert.Equal("denied", refused.Decision);
        Assert.Contains("nothing in this image could be checked", refused.Text, StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(string name, Action<TarBuilder> files)
    {
        var image = new ImageBuilder().Layer(files).Build();
        cluster.Registry.Push($"unsure/{name}", "1", image);
        var reference = cluster.Registry.Reference($"unsure/{name}", image.Digest);
        await cluster.RunAsync("ran-before", name, cluster.Registry.Reference($"unsure/{name}", "1"), reference);
        return reference;
    }

    private async Task<SpineReport?> FindAsync(string reference) =>
        (await cluster.ImagesAsync()).SingleOrDefault(image => reference.EndsWith(image.Spec.GetProperty("digest").GetString()!, StringComparison.Ordinal));

    private async Task<string?> ReasonAsync(string reference) => (await FindAsync(reference))?.ReasonOf("Matched");

    private async Task<SpineReport?> ReportAsync(string pod) =>
        (await cluster.Client.CustomObjects.ListClusterCustomObjectAsync<SpineReportList>("ossruntime.io", "v1alpha1", "workloadreports")).Items
            .SingleOrDefault(report => report.Metadata.NamespaceProperty == "ran-before" && report.Spec.GetProperty("workload").GetProperty("name").GetString() == pod);

    private static (string? State, int Components, int Checked) Checked(JsonElement report)
    {
        var check = report.GetProperty("checked");
        return (check.GetProperty("state").GetString(), check.GetProperty("components").GetInt32(), check.TryGetProperty("checked", out var many) ? many.GetInt32() : 0);
    }
}
