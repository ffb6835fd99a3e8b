using System.Collections.Immutable;
using OssRuntime.Exposure.Views;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Graph;

/// <summary>A way to a Service.</summary>
/// <param name="Level">From where it starts.</param>
/// <param name="Steps">What it leads through, the Service last.</param>
/// <param name="Port">The port of the Service; null for one without ports.</param>
/// <param name="Proxied">True where a proxy in between is what the pods see, so that policies on addresses from outside do not decide.</param>
/// <param name="ProxyNamespace">Where such a proxy may run, besides any other namespace.</param>
internal sealed record NetworkPath(ExposureLevel Level, ImmutableArray<string> Steps, ServiceView.ServicePort? Port, bool Proxied = false, string? ProxyNamespace = null)
{
    /// <summary>True where a node hands connections on under its own address, so that policies see the node's.</summary>
    public bool Masked { get; init; }

    /// <summary>True for a connection that the pod itself opens to the outside: policies on what comes in are nothing to it.</summary>
    public bool GoesOut { get; init; }

    /// <summary>Why it is not certain that it is a way at all; null for one that is.</summary>
    public string? Doubt { get; init; }

    /// <summary>The better of two ways that a NetworkPolicy treats alike.</summary>
    public static NetworkPath Better(NetworkPath left, NetworkPath right) =>
        new PodExposure(left.Level, left.Steps).OrderAgainst(new PodExposure(right.Level, right.Steps)) <= 0 ? left : right;
}
