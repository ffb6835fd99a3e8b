namespace OssRuntime.Stage.Clusters;

/// <summary>Where a cluster came from; in the order in which they are tried.</summary>
public enum ClusterOrigin
{
    /// <summary>The environment variable <c>KUBECONFIG</c> names it; it was running before and is left running.</summary>
    ExistingKubeconfig,

    /// <summary>K3s in a container, started here.</summary>
    K3s,

    /// <summary>etcd and kube-apiserver of the folder that <c>KUBEBUILDER_ASSETS</c> names, started here.</summary>
    KubebuilderAssets,

    /// <summary>etcd and kube-apiserver from Debian's archive, the second built on this machine, started here.</summary>
    BuiltHere,
}
