using OssRuntime.Kubernetes.Api;
using OssRuntime.Exposure.Pods;
using OssRuntime.Model.Images;
using OssRuntime.Operator.Images;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Tests.Images;

/// <summary>Where an image may be had, and whose secrets are used there.</summary>
public sealed class ImagePlacesTests
{
    private static readonly ImageKey Key = new(Digest.Parse("sha256:" + new string('a', 64)), new Platform("linux", "amd64"));

    [Fact]
    public void Nobodys_secret_is_used_where_somebody_else_says_that_the_image_is()
    {
        var places = ImagePlaces.Of(Key, [Pod("shop", "web", "registry.example/shop/web:1", "shop-secret"), Pod("evil", "a", "collector.example/x:1", "evil-secret")]);
        Assert.Equal(
            ["registry.example/shop/web shop shop-secret", "collector.example/x evil evil-secret"],
            places.All.Select(place => $"{place.Reference.Registry}/{place.Reference.Repository} {place.Identity.Namespace} {place.Identity.Secrets.Single()}"));
    }

    [Fact]
    public void One_namespaces_many_pods_leave_the_others_their_turn()
    {
        RunningPod[] pods = [.. Enumerable.Range(0, 500).Select(i => Pod("evil", $"a{i}", $"collector.example/x{i}:1", $"secret-{i}")), Pod("shop", "web", "registry.example/shop/web:1", "own")];
        var places = ImagePlaces.Of(Key, pods);
        Assert.Equal("shop", places.All[1].Identity.Namespace);
        Assert.Equal(4, places.All.Count(place => place.Identity.Namespace == "evil"));
    }

    [Fact]
    public void Pods_that_are_alike_are_one_place() =>
        Assert.Single(ImagePlaces.Of(Key, [.. Enumerable.Range(0, 200).Select(i => Pod("shop", $"web-{i}", "registry.example/shop/web:1", "own"))]).All);

    private static RunningPod Pod(string @namespace, string name, string image, string secret)
    {
        var container = new PodContainer("c", ContainerClass.Container, image, $"{image.Split(':')[0]}@{Key.Digest}", null);
        var pod = Samples.Pod(name) with { Key = new ObjectKey(@namespace, name), PullSecrets = [secret], Containers = [container] };
        return new RunningPod(pod, Samples.Workload(name), [new RunningContainer(container, Key)]);
    }
}
