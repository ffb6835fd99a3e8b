using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Graph;

/// <summary>A pod with what decides on each way to it: the Services in front of it, and whom its policies admit.</summary>
internal sealed class PodStanding(PodView pod, IReadOnlyList<ServiceView> services, PodAdmission admission, ClusterObjects objects)
{
    private Dictionary<(int, string), Admitted>? _admitted;
    private bool? _frontInNamespace;

    public PodView Pod => pod;

    public IReadOnlyList<ServiceView> Services => services;

    public PodAdmission Admission => admission;

    /// <summary>Whom the policies admit to a port; a null port is any.</summary>
    public Admitted AdmittedTo(PodPort? port)
    {
        if (port is null)
        {
            return admission.To(null);
        }

        _admitted ??= [];
        if (!_admitted.TryGetValue((port.Number, port.Protocol), out var known))
        {
            _admitted[(port.Number, port.Protocol)] = known = admission.To(port);
        }

        return known;
    }

    /// <summary>How far a way reaches under the policies, with the step that says why it is not all the way, or how it is although they do not admit it.</summary>
    public (ExposureLevel Level, string? Step, string? Doubt) Limit(NetworkPath way, PodPort? port)
    {
        if (!admission.Isolated || way.GoesOut)
        {
            return (way.Level, null, null);
        }

        var whom = AdmittedTo(port);
        if (!way.Proxied)
        {
            var level = way.Masked && whom.HasFlag(Admitted.Nodes) ? way.Level : (ExposureLevel)Math.Min((int)way.Level, (int)PodAdmission.LevelOf(whom));
            return (
                level,
                level < way.Level ? admission.StepOf(whom) : null,
                level < way.Level && way.Masked && whom.HasFlag(Admitted.PerhapsNodes) ? $"{way.Steps[^1]}: nodes hand connections on under their own addresses, and the NetworkPolicy may admit those" : null);
        }

        if ((whom & (Admitted.Anybody | Admitted.ProxyNamespace | Admitted.PrivateBlock | Admitted.Nodes | Admitted.PerhapsNodes)) != Admitted.Nobody
            || (whom.HasFlag(Admitted.OwnNamespace) && (way.ProxyNamespace == pod.Key.Namespace || FrontInNamespace)))
        {
            return (way.Level, null, null);
        }

        return HostProxy is { } proxy ? (way.Level, $"proxy {proxy} on the node's network, which policies do not keep away", null) : (ExposureLevel.None, admission.StepOf(whom), null);
    }

    // Something else in the namespace that faces outside may be the proxy.
    private bool FrontInNamespace => _frontInNamespace ??= objects.Roles.Fronts[pod.Key.Namespace ?? ""]
        .Any(front => front.Kind == Source.Service ? !services.Any(service => service.Metadata.Key == front.Key) : front.Key != pod.Key);

    private ObjectKey? HostProxy => objects.Roles.HostProxies[""]
        .Concat(pod.Node.Length > 0 ? objects.Roles.HostProxies[pod.Node] : objects.Roles.HostProxies.Keys.SelectMany(node => objects.Roles.HostProxies[node]))
        .Order()
        .Select(key => (ObjectKey?)key)
        .FirstOrDefault();
}
