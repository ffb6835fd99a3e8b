using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Tests.Pods;

/// <summary>Which changes of a pod matter to anybody.</summary>
public sealed class PodViewTests
{
    public static TheoryData<string> Kept =>
        [.. typeof(PodView).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).Select(property => property.Name)];

    [Fact]
    public void A_pod_that_is_read_twice_is_the_same() => Assert.True(Read(Json()).IsSameButForVersion(Read(Json())));

    [Fact]
    public void A_readiness_flip_changes_nothing_that_is_kept()
    {
        var after = Json();
        after["metadata"]!["resourceVersion"] = "99";
        after["metadata"]!["managedFields"] = new JsonArray(new JsonObject { ["manager"] = "kubelet", ["time"] = "2026-01-01T00:00:00Z" });
        after["status"]!["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "False", ["lastTransitionTime"] = "2026-01-01T00:00:00Z" });
        foreach (var status in after["status"]!["containerStatuses"]!.AsArray())
        {
            status!["ready"] = false;
            status["started"] = false;
            status["restartCount"] = 7;
        }

        Assert.True(Read(Json()).IsSameButForVersion(Read(after)));
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public void A_change_of_anything_that_is_kept_is_one_but_for_the_version(string name)
    {
        var property = typeof(PodView).GetProperty(name)!;
        var (before, after) = (Read(Json()), Read(Json()));
        property.SetValue(after, Another(property.GetValue(before), property.PropertyType));
        Assert.NotEqual(property.GetValue(before), property.GetValue(after));

        Assert.Equal(name == nameof(PodView.ResourceVersion), before.IsSameButForVersion(after));
        Assert.Equal(name == nameof(PodView.ResourceVersion), after.IsSameButForVersion(before));
    }

    [Fact]
    public void A_change_of_anything_in_a_container_is_one()
    {
        var pod = Read(Json());
        var container = pod.Containers[0];
        PodContainer[] others =
        [
            container with { Name = "other" }, container with { Class = ContainerClass.Ephemeral }, container with { Image = "other" },
            container with { ImageId = "other" }, container with { Waiting = "ErrImagePull" }, container with { StatusImage = "other" },
        ];
        Assert.Equal(typeof(PodContainer).GetProperties().Length, others.Length);
        Assert.All(others, other => Assert.False(pod.IsSameButForVersion(pod with { Containers = [other, .. pod.Containers[1..]] })));
        Assert.False(pod.IsSameButForVersion(pod with { Containers = pod.Containers[1..] }));
    }

    // A new type of property must be told here how two of its values differ.
    private static object Another(object? value, Type type) => value switch
    {
        ObjectKey key => key with { Name = "other" },
        string text => text + "-other",
        bool flag => !flag,
        int number => number + 1,
        ImmutableArray<string> texts => texts.Add("other"),
        ImmutableArray<PodContainer> containers => containers.Add(new PodContainer("other", ContainerClass.Container, "other", "", null)),
        ImmutableArray<PodPort> ports => ports.Add(new PodPort(null, 1, "TCP", 0, false)),
        LabelSet => LabelSet.Of(new Dictionary<string, string> { ["other"] = "yes" }),
        OwnerReference owner => owner with { Uid = "other" },
        OwnerAnnotations declared => declared with { Impact = "High" },
        _ => throw new NotSupportedException($"say how two values of {type} differ"),
    };

    private static JsonNode Json() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Pods/testdata/full.json")))!;

    private static PodView Read(JsonNode json) => json.Deserialize(PodJson.Default.PodView)!;
}
