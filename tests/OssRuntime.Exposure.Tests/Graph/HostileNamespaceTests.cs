using System.Diagnostics;
using OssRuntime.Exposure.Graph;
using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Tests.Graph;

/// <summary>One namespace with 150 policies of 160 peers each, 150 headless Services of 59 ports and 20 pods: it costs itself.</summary>
public sealed class HostileNamespaceTests(ITestOutputHelper output)
{
    private const int Policies = 150;
    private const int Peers = 160;
    private const int Services = 150;
    private const int Ports = 59;
    private const int Pods = 20;

    [Fact]
    public void It_is_computed_soon()
    {
        var graph = new ExposureGraph(seesWholeCluster: true);
        graph.SetNamespace("hostile", LabelSet.Empty);
        Fill(graph);
        var started = Stopwatch.GetTimestamp();
        Assert.Equal(Pods, graph.Settle().Count);
        output.WriteLine($"{Pods} pods in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");
    }

    // A way has a step for whom the policies admit, and there are 8,850 ways to each of these pods: it is written once.
    [Fact]
    public void Whom_the_policies_admit_is_written_once_a_pod()
    {
        var policy = Read(ViewJson.Default.NetworkPolicyView, """{"metadata":{"namespace":"hostile","name":"n"},"spec":{"podSelector":{},"ingress":[{"from":[{"podSelector":{}}]}]} }""");
        var admission = PodAdmission.Of(Pod("hostile", "p"), [new CompiledPolicy(policy, [([], Admitted.OwnNamespace)])], []);
        Assert.Same(admission.StepOf(Admitted.OwnNamespace), admission.StepOf(Admitted.OwnNamespace));
        Assert.NotEqual(admission.StepOf(Admitted.OwnNamespace), admission.StepOf(Admitted.Nobody));
    }

    private static void Fill(ExposureGraph graph)
    {
        for (var i = 0; i < Pods; i++)
        {
            graph.Set(new ObjectKey("hostile", $"p{i}"), Pod("hostile", $"p{i}"));
        }

        for (var i = 0; i < Services; i++)
        {
            var name = $"s{i}";
            graph.Set(new ObjectKey("hostile", name), Read(ViewJson.Default.ServiceView, $$"""
                {"metadata":{"namespace":"hostile","name":"{{name}}"},"spec":{"clusterIP":"None","selector":{"app":"web"},"ports":[{{string.Join(',', Enumerable.Range(1, Ports).Select(port => $$"""{"name":"p{{port}}","port":{{port}},"targetPort":{{port}} }"""))}}]} }
                """));
        }

        for (var i = 0; i < Policies; i++)
        {
            var name = $"n{i}";
            graph.Set(new ObjectKey("hostile", name), Read(ViewJson.Default.NetworkPolicyView, $$"""
                {"metadata":{"namespace":"hostile","name":"{{name}}"},"spec":{"podSelector":{},"ingress":[{"from":[{{string.Join(',', Enumerable.Range(0, Peers).Select(peer => $$$"""{"namespaceSelector":{"matchLabels":{"a{{{i}}}":"{{{peer}}}"}} }"""))}}],"ports":[{"port":{{i + 1}} }]}]} }
                """));
        }
    }

    private static T Read<T>(System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, string json) => System.Text.Json.JsonSerializer.Deserialize(json, type)!;

    private static PodView Pod(string @namespace, string name) => new()
    {
        Key = new ObjectKey(@namespace, name),
        Uid = name,
        ResourceVersion = "1",
        Labels = new LabelSet([KeyValuePair.Create("app", "web")]),
    };
}
