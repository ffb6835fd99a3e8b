namespace OssRuntime.Exposure.Lists;

/// <summary>When what comes in from outside comes to an object that leads traffic.</summary>
internal enum Facing
{
    /// <summary>Always: a proxy or balancer that faces outside serves it, unless its status shows private addresses only.</summary>
    Proxy,

    /// <summary>Only where another object hands requests on to it.</summary>
    Included,

    /// <summary>As a proxy serves it where it has a host of its own (<c>spec.virtualhost</c>); else only where another object includes it.</summary>
    VirtualHost,

    /// <summary>By the Istio Gateways that it names; a mesh alone opens nothing.</summary>
    IstioGateways,

    /// <summary>By the domain of its own status, or the one that Knative is configured with; not where it is labelled as local to the cluster.</summary>
    KnativeDomain,

    /// <summary>By something outside the cluster that no object tells of.</summary>
    Outside,

    /// <summary>Never by itself: it names pods for others to lead to.</summary>
    Never,
}
