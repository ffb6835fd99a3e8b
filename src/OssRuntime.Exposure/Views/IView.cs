using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Views;

/// <summary>An object of the cluster, down to what its exposure is computed from.</summary>
internal interface IView : IResource
{
    ViewMetadata Metadata { get; }

    ObjectKey IResource.Key => new(Metadata.Namespace, Metadata.Name ?? "");

    string IResource.Uid => Metadata.Uid ?? "";

    string IResource.ResourceVersion => Metadata.ResourceVersion ?? "";
}
