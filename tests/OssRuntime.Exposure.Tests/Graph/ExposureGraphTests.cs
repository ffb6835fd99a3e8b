using System.Diagnostics;
using OssRuntime.Exposure.Graph;
using OssRuntime.Exposure.Views;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Tests.Graph;

public sealed class ExposureGraphTests(ITestOutputHelper output)
{
    private const int Services = 5_000;
    private const int Routes = 2_000;
    private const int Pods = 10_000;

    public static TheoryData<string> Changes => ["a Service", "a route", "a pod", "a policy", "a namespace", "the Gateway of all routes"];

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_computes_what_it_concerns_and_no_more(string what)
    {
        var graph = GeneratedCluster.Create(Services, Routes, Pods);
        Assert.Equal(ExposureLevel.Internet, graph.Of(GeneratedCluster.Pod(7, Services))?.Level);
        Assert.Equal(ExposureLevel.Cluster, graph.Of(GeneratedCluster.Pod(Routes + 7, Services))?.Level);
        var before = graph.Computed;
        Change(graph, what, 1);
        var changed = graph.Settle();
        var (services, pods) = (graph.Computed.Services - before.Services, graph.Computed.Pods - before.Pods);
        var times = Enumerable.Range(2, 9)
            .Select(round =>
            {
                var started = Stopwatch.GetTimestamp();
                Change(graph, what, round);
                graph.Settle();
                return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            })
            .Order()
            .ToList();
        output.WriteLine($"{what}: {services} Services and {pods} pods computed, {changed.Count} changed, median {times[4]:0.000} ms, slowest {times[^1]:0.000} ms");

        var most = what switch
        {
            "the Gateway of all routes" => (Routes, Routes * 2),
            "a policy" => (0, Pods / GeneratedCluster.Namespaces.Length),
            "a namespace" => (Routes / GeneratedCluster.Namespaces.Length, Routes * 2 / GeneratedCluster.Namespaces.Length),
            _ => (1, 2),
        };
        Assert.InRange(services, 0, most.Item1);
        Assert.InRange(pods, 1, most.Item2);
    }

    [Fact]
    public void A_change_that_changes_nothing_is_no_change()
    {
        var graph = GeneratedCluster.Create(10, 5, 20);
        graph.Set(GeneratedCluster.Service(1), GeneratedCluster.ServiceOf(1, 8080));
        Assert.Empty(graph.Settle());
    }

    [Fact]
    public void Who_asks_for_one_pod_does_not_take_the_news_of_others_away()
    {
        var graph = GeneratedCluster.Create(10, 5, 20);
        graph.Set("HTTPRoute", GeneratedCluster.Service(1), null);
        Assert.Equal(ExposureLevel.Cluster, graph.Of(GeneratedCluster.Pod(1, 10))?.Level);
        Assert.Equal([GeneratedCluster.Pod(1, 10), GeneratedCluster.Pod(11, 10)], graph.Settle().Order());
    }

    private static void Change(ExposureGraph graph, string what, int round)
    {
        switch (what)
        {
            case "a Service":
                graph.Set(GeneratedCluster.Service(1), GeneratedCluster.ServiceOf(1, 8080 + round));
                break;
            case "a route":
                graph.Set("HTTPRoute", GeneratedCluster.Service(1), GeneratedCluster.RouteOf(1, round % 2 == 0 ? "public" : "other"));
                break;
            case "a pod":
                graph.Set(GeneratedCluster.Pod(1, Services), GeneratedCluster.PodOf(1, Services) with { Labels = round % 2 == 0 ? LabelSet.Empty : GeneratedCluster.PodOf(1, Services).Labels });
                break;
            case "a policy":
                var key = new Kubernetes.Api.ObjectKey("a", "limit");
                graph.Set(key, round % 2 == 0 ? null : new NetworkPolicyView(
                    new ViewMetadata("limit", "a", "u", "1", null), new NetworkPolicyView.PolicySpec(new LabelSelector(null, null), ["Ingress"], [])));
                break;
            case "a namespace":
                graph.SetNamespace("b", LabelSet.Of(new Dictionary<string, string> { ["round"] = round.ToString() }));
                break;
            default:
                graph.Set(GeneratedCluster.GatewayKey, round % 2 == 0 ? GeneratedCluster.GatewayOf(8080) : null);
                break;
        }
    }
}
