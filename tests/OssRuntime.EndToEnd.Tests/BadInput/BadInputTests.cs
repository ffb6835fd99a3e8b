using k8s;
using OssRuntime.EndToEnd.Tests.Spine;
using OssRuntime.Operator.Composition;

namespace OssRuntime.EndToEnd.Tests.BadInput;

/// <summary>Each bad image ends as a reason on its object and leaves the others alone.</summary>
public sealed class BadInputTests(BadInputStage stage) : IClassFixture<BadInputStage>
{
    public static TheoryData<string> Names => [.. BadImages.All.Select(image => image.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_image_ends_with_its_reason(string name)
    {
        var expected = BadImages.All.Single(image => image.Name == name);
        var image = await stage.ImageAsync(name, expected.Reason);
        Assert.NotNull(image);
        Assert.Equal(expected.Reason, image.ReasonOf("Inventoried"));
        Assert.Contains(expected.Says, image.Report + " " + image.Status, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not-pulled-yet", "ImagesPending")]
    [InlineData("loaded-on-the-node", "ImagesUnsupported")]
    [InlineData("windows", "ImagesUnsupported")]
    [InlineData("cut-blob", "ImagesFailed")]
    [InlineData("good", "AllImagesInventoried")]
    public async Task The_workload_says_what_is_missing(string pod, string reason) =>
        await SpineStage.EventuallyAsync(async () => (await stage.WorkloadAsync(pod))?.ReasonOf("Covered") == reason, $"{pod} to be {reason}");

    [Fact]
    public async Task Every_failure_is_an_event_and_counted()
    {
        var failing = BadImages.All.Where(image => image.Reason is not "ReadFromLayers").Select(image => image.Reason).ToList();
        var expected = failing.Append("RateLimited").ToHashSet(StringComparer.Ordinal);
        foreach (var reason in expected)
        {
            await SpineStage.EventuallyAsync(
                async () => (await stage.Client.EventsV1.ListEventForAllNamespacesAsync()).Items
                    .Any(found => found.Regarding.Kind == "ImageInventory" && found.Reason == reason),
                $"an event {reason}");
        }

        await SpineStage.EventuallyAsync(
            async () => await stage.Operator.SumAsync("ossruntime_images", "state=\"failed\"") == failing.Count(reason => reason != "UnsupportedImage")
                && await stage.Operator.SumAsync("ossruntime_images", "state=\"unsupported\"") == 2
                && await stage.Operator.SumAsync("ossruntime_images", "state=\"pending\"") == 1
                && await stage.Operator.SumAsync("ossruntime_images", "state=\"checked\"") + await stage.Operator.SumAsync("ossruntime_images", "state=\"partly\"")
                    + await stage.Operator.SumAsync("ossruntime_images", "state=\"unchecked\"") == BadImages.All.Count - failing.Count
                && await stage.Operator.SumAsync("ossruntime_images", "state=\"discovered\"") * 2 == await stage.Operator.SumAsync("ossruntime_images", "state="),
            "coverage that adds up");
    }

    [Fact]
    public async Task Thousands_of_findings_stay_under_the_budget_and_the_report_says_how_many_are_missing()
    {
        var image = await stage.ImageAsync("five-thousand-findings", "ReadFromLayers");
        Assert.NotNull(image);
        var bytes = (await stage.Client.CustomObjects.GetClusterCustomObjectAsync<System.Text.Json.JsonElement>(
            "ossruntime.io", "v1alpha1", "imageinventories", image.Metadata.Name)).GetRawText().Length;
        Assert.InRange(bytes, 50_000, new OperatorOptions().ReportBytes);
        Assert.Equal(ManyFlawsFeed.Count, image.Report.GetProperty("findings").GetArrayLength() + image.Report.GetProperty("cut").GetInt32());
        Assert.Equal("ByteBudget", image.ReasonOf("Truncated"));
    }

    [Fact]
    public async Task A_registry_that_asks_for_patience_is_given_it()
    {
        await stage.ImageAsync("busy", "ReadFromLayers");
        var requests = stage.Registry.Requests.Where(request => request.Path.StartsWith("/v2/busy/manifests/sha256:", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, requests.Count);
    }
}
