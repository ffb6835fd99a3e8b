using System.Text.Json.Nodes;
using OssRuntime.Exposure.Graph;
using OssRuntime.Exposure.Kinds;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Tests.Kinds;

/// <summary>One list of kinds for the cluster and for manifests.</summary>
public sealed class ExposureKindsTests
{
    [Fact]
    public void A_kind_is_found_by_group_and_name()
    {
        Assert.All(ExposureKinds.All, kind => Assert.Equal(kind.Id, ExposureKinds.Find(kind.Group, kind.Kind)!.Id));
        Assert.Null(ExposureKinds.Find("apps", "Service"));
        Assert.Null(ExposureKinds.Find("", "Secret"));
    }

    [Fact]
    public void Each_kind_is_read_and_taken_into_a_graph_and_out_of_it()
    {
        var graph = new ExposureGraph();
        foreach (var kind in ExposureKinds.All)
        {
            var item = kind.Read(JsonNode.Parse("""{"metadata":{"name":"a","namespace":"n","labels":{"kubernetes.io/service-name":"s"}}}""")!);
            Assert.Equal("a", item.Key.Name);
            graph.Put(kind.Id, new ObjectKey("n", "a"), item);
            graph.Put(kind.Id, new ObjectKey("n", "a"), null);
            graph.Settle();
        }

        Assert.Null(graph.Of(new ObjectKey("n", "a")));
    }

    [Theory]
    [InlineData("s", "endpointslice-controller.k8s.io", false)]
    [InlineData("s", "somebody", true)]
    [InlineData("s", null, true)]
    [InlineData(null, "somebody", false)]
    public void Slices_that_are_meant_are_those_of_the_scope(string? service, string? writer, bool meant)
    {
        var labels = new Dictionary<string, string>();
        if (service is not null)
        {
            labels["kubernetes.io/service-name"] = service;
        }

        if (writer is not null)
        {
            labels["endpointslice.kubernetes.io/managed-by"] = writer;
        }

        Assert.Equal(meant, new EndpointSliceView(new ObjectMeta { Name = "a", Labels = labels }, null, null).IsMeant);
        Assert.Equal("endpointslice.kubernetes.io/managed-by!=endpointslice-controller.k8s.io,kubernetes.io/service-name", EndpointSliceView.Scope.LabelSelector);
    }
}
