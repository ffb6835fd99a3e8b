using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Ways;

/// <summary>
/// A choice of pods by their labels that another object than a Service makes: an InferencePool, a MultiClusterService, a Knative Configuration. It stands among the
/// Services under a name that none of them can have.
/// </summary>
internal static class PodChoice
{
    /// <summary>The key that it stands under.</summary>
    public static ObjectKey KeyOf(string kind, ObjectKey key) => new(key.Namespace, $"{kind}/{key.Name}");

    /// <summary>The choice, as if it were a Service without ports of its own.</summary>
    public static ServiceView Of(string kind, ObjectKey key, Dictionary<string, string> labels) => new(
        new ViewMetadata(KeyOf(kind, key).Name, key.Namespace, null, null, null), new ServiceView.ServiceSpec { Type = "ClusterIP", Selector = labels }, null);

    /// <summary>How a Service or a choice is named in a path.</summary>
    public static string NameOf(ObjectKey service)
    {
        var slash = service.Name.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? $"Service {service}" : $"{service.Name[..slash]} {service.Namespace}/{service.Name[(slash + 1)..]}";
    }
}
