using System.CommandLine;
using System.Diagnostics;
using OssRuntime.Exposure.Graph;
using OssRuntime.Exposure.Tests.Graph;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Benchmarks.Exposure;

/// <summary><c>exposure</c>: how long the exposure of a whole cluster takes at first, and after one change.</summary>
internal static class ExposureCommand
{
    private const int Services = 5_000;
    private const int Routes = 2_000;
    private const int Pods = 10_000;

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "Changes of each kind.", DefaultValueFactory = _ => 50 };
        var command = new Command("exposure", $"Computes exposure for {Services} Services, {Routes} routes and {Pods} pods, and again after one change.") { rounds };
        command.SetAction(arguments => Run(arguments.GetValue(rounds)));
        return command;
    }

    private static void Run(int rounds)
    {
        var anonymous = ProcessCost.Status("RssAnon:");
        var started = Stopwatch.GetTimestamp();
        var graph = GeneratedCluster.Create(Services, Routes, Pods);
        Console.WriteLine($"all of it at first {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms, {ProcessCost.Status("RssAnon:") - anonymous} kB anonymous");
        foreach (var (what, change) in Changes)
        {
            var times = new List<(double Wall, double Processor)>();
            var computed = graph.Computed;
            for (var round = 1; round <= rounds; round++)
            {
                var processor = Process.GetCurrentProcess().TotalProcessorTime;
                started = Stopwatch.GetTimestamp();
                change(graph, round);
                graph.Settle();
                times.Add((Stopwatch.GetElapsedTime(started).TotalMilliseconds, (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalMilliseconds));
            }

            var (services, pods) = ((graph.Computed.Services - computed.Services) / rounds, (graph.Computed.Pods - computed.Pods) / rounds);
            Console.WriteLine(
                $"{what,-24} {services,5} Services {pods,5} pods computed; wall median {At(times.Select(time => time.Wall), 0.5):0.00} ms, p95 {At(times.Select(time => time.Wall), 0.95):0.00} ms,"
                + $" most {At(times.Select(time => time.Wall), 1):0.00} ms; processor median {At(times.Select(time => time.Processor), 0.5):0.0} ms");
        }
    }

    private static double At(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
    }

    private static IEnumerable<(string What, Action<ExposureGraph, int> Change)> Changes =>
    [
        ("a Service", (graph, round) => graph.Set(GeneratedCluster.Service(1), GeneratedCluster.ServiceOf(1, 8080 + (round % 2)))),
        ("a route", (graph, round) => graph.Set("HTTPRoute", GeneratedCluster.Service(1), GeneratedCluster.RouteOf(1, round % 2 == 0 ? "public" : "other"))),
        ("a pod", (graph, round) => graph.Set(
            GeneratedCluster.Pod(1, Services),
            GeneratedCluster.PodOf(1, Services) with { Labels = round % 2 == 0 ? LabelSet.Empty : GeneratedCluster.PodOf(1, Services).Labels })),
        ("a NetworkPolicy", (graph, round) => graph.Set(
            new ObjectKey("a", "limit"),
            round % 2 == 0 ? null : new NetworkPolicyView(
                new ViewMetadata("limit", "a", "u", "1", null), new NetworkPolicyView.PolicySpec(new LabelSelector(null, null), ["Ingress"], [])))),
        ("a namespace's labels", (graph, round) => graph.SetNamespace("b", LabelSet.Of(new Dictionary<string, string> { ["round"] = round.ToString() }))),
        ("the Gateway of all routes", (graph, round) => graph.Set(GeneratedCluster.GatewayKey, round % 2 == 0 ? GeneratedCluster.GatewayOf(8080) : null)),
    ];
}
