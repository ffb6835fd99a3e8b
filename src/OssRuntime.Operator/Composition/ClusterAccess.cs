using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Apply;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.Watching;

namespace OssRuntime.Operator.Composition;

/// <summary>The way to the cluster: what is read of it, and what is written within one budget.</summary>
internal sealed class ClusterAccess : IDisposable
{
    public ClusterAccess(KubernetesConnection connection)
    {
        Connection = connection;
        Discovery = new ApiDiscovery(connection);
        Kinds = new KindWatch(Discovery, connection.Environment);
        Informers = new InformerRegistry(connection);
        Pods = Informers.Get(PodView.Resource, PodJson.Default.PodView).Store;
        Nodes = Informers.Get(NodeView.Resource, PodJson.Default.NodeView).Store;
        Namespaces = Informers.Get(NamespaceView.Resource, ViewJson.Default.NamespaceView).Store;
        Images = Informers.Get(ImageInventory.Resource, ResourceJson.Default.ImageInventory).Store;
        Reports = Informers.Get(WorkloadReport.Resource, ResourceJson.Default.WorkloadReport).Store;
        Writes = new WriteBudget(connection.Environment);
        Events = new EventRecorder(connection, Writes);
        ImageApplier = new Applier<ImageInventory>(
            new ResourceClient<ImageInventory>(connection, ImageInventory.Resource, ResourceJson.Default.ImageInventory), Images, Writes);
        ReportApplier = new Applier<WorkloadReport>(
            new ResourceClient<WorkloadReport>(connection, WorkloadReport.Resource, ResourceJson.Default.WorkloadReport), Reports, Writes);
    }

    public KubernetesConnection Connection { get; }

    public ApiDiscovery Discovery { get; }

    /// <summary>Kinds that are followed once the server has them.</summary>
    public KindWatch Kinds { get; }

    public InformerRegistry Informers { get; }

    public Store<PodView> Pods { get; }

    public Store<NodeView> Nodes { get; }

    public Store<NamespaceView> Namespaces { get; }

    /// <summary>The images' objects as anybody wrote them.</summary>
    public Store<ImageInventory> Images { get; }

    /// <summary>The reports as anybody wrote them.</summary>
    public Store<WorkloadReport> Reports { get; }

    /// <summary>How much is written in a second.</summary>
    public WriteBudget Writes { get; }

    public EventRecorder Events { get; }

    public Applier<ImageInventory> ImageApplier { get; }

    public Applier<WorkloadReport> ReportApplier { get; }

    public void Dispose()
    {
        ImageApplier.Dispose();
        ReportApplier.Dispose();
        Writes.Dispose();
    }
}
