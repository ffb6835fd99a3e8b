namespace OssRuntime.Exposure.Graph;

/// <summary>Whom policies admit, as a set: what one rule admits is admitted.</summary>
[Flags]
internal enum Admitted
{
    /// <summary>Nobody.</summary>
    Nobody = 0,

    /// <summary>Pods of the pod's own namespace.</summary>
    OwnNamespace = 1,

    /// <summary>Pods of other namespaces that are there.</summary>
    OtherNamespaces = 2,

    /// <summary>Pods of a namespace in which a proxy may be that faces outside.</summary>
    ProxyNamespace = 4,

    /// <summary>Private addresses.</summary>
    PrivateBlock = 8,

    /// <summary>Addresses of nodes: what a node hands on looks as if it came from the node.</summary>
    Nodes = 16,

    /// <summary>Addresses that may be nodes', where no node is shown.</summary>
    PerhapsNodes = 32,

    /// <summary>Some public addresses, of one site.</summary>
    FewPublic = 64,

    /// <summary>Anybody.</summary>
    Anybody = 128,
}
