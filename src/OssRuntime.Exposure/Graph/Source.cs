using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Graph;

/// <summary>What leads to Services or takes routes on, by kind and name; kinds that share their name with another one have the group behind it.</summary>
internal readonly record struct Source(string Kind, ObjectKey Key)
{
    public const string Ingress = "Ingress";
    public const string Service = "Service";
    public const string Gateway = "Gateway";
    public const string ListenerSet = "ListenerSet";
    public const string OpenShiftRoute = "Route";

    /// <summary>What routes without a parent hang under that ask for the default Gateways.</summary>
    public static readonly Source DefaultGateways = new(Gateway, new ObjectKey(null, "*"));

    /// <summary>The group of the kind, where it is a part of the name.</summary>
    public string Group => Kind.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? Kind[(dot + 1)..] : "";

    /// <summary>Kind and name with the group, for what is not understood.</summary>
    public string Title => Group.Length == 0 ? ToString() : $"{this} ({Group})";

    public override string ToString() => $"{(Kind.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? Kind[..dot] : Kind)} {Key}";
}
