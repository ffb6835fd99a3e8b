using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Graph;

/// <summary>What leads to Services or takes routes on, by kind and name.</summary>
internal readonly record struct Source(string Kind, ObjectKey Key)
{
    public const string Ingress = "Ingress";
    public const string Service = "Service";
    public const string Gateway = "Gateway";
    public const string OpenShiftRoute = "Route";

    public override string ToString() => $"{Kind} {Key}";
}
