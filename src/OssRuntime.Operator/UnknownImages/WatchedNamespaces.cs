using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;

namespace OssRuntime.Operator.UnknownImages;

/// <summary>The namespaces that the API server told of.</summary>
internal sealed class WatchedNamespaces(Store<NamespaceView> namespaces) : INamespaces
{
    public bool Exists(string name) => namespaces.Get(new ObjectKey(null, name)) is not null;
}
