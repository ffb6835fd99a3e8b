using OssRuntime.Exposure.Addresses;
using OssRuntime.Exposure.Lists;
using OssRuntime.Exposure.Views;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Balancers;

/// <summary>
/// How far load balancers reach. What is seen goes before what is asked for: a public address is the Internet whatever a mark says. A mark counts only
/// where it belongs to who serves the balancer, in the vendor's precedence.
/// </summary>
/// <param name="surroundings">What else decides.</param>
internal sealed class BalancerRules(BalancerSurroundings surroundings)
{
    private const string LoadBalancerType = "service.beta.kubernetes.io/aws-load-balancer-type";
    private static readonly string[] InternalGatewayClasses =
        ["gke-l7-rilb", "gke-l7-rilb-mc", "gke-l7-cross-regional-internal-managed-mc", "istio-waypoint", "istio-remote", "gce-internal"];

    /// <summary>A Service of type LoadBalancer.</summary>
    public BalancerReach OfService(ServiceView service)
    {
        var owners = OwnersOf(service);
        var addresses = BalancerSurroundings.AddressesOf(service).ToList();
        var reach = Seen(addresses) ?? Asked(service.Metadata.Annotation, owners)
            ?? (addresses.Count == 0 ? Pool(service) ?? Wanted(service) : null)
            ?? (owners?.IsInternal == true ? BalancerReach.Cluster("internal") : BalancerReach.Internet);
        return Restricted(reach, service.Spec?.LoadBalancerSourceRanges ?? [], service.Metadata.Annotation, owners);
    }

    /// <summary>An Ingress.</summary>
    public BalancerReach OfIngress(IngressView ingress)
    {
        var item = surroundings.Class(ingress.ClassName) ?? (ingress.ClassName is null ? surroundings.DefaultClass : null);
        var owners = OwnersOf(item, ingress.ClassName);
        var parameters = item?.Spec?.Parameters is { Name: { } name } reference && IngressClassParamsView.Groups.Contains(reference.ApiGroup) ? surroundings.Params(reference.ApiGroup!, name) : null;
        var addresses = (ingress.Status?.LoadBalancer?.Ingress ?? []).Select(address => address.Ip ?? address.Hostname).OfType<string>().ToList();
        var reach = Seen(addresses) ?? OfOwningServices(addresses) ?? OfScheme(parameters?.Spec?.Scheme)
            ?? Asked(ingress.Metadata.Annotation, owners) ?? (owners?.IsInternal == true ? BalancerReach.Cluster("internal") : BalancerReach.Internet);
        return Restricted(reach, parameters?.Spec?.InboundCidrs ?? [], ingress.Metadata.Annotation, owners);
    }

    /// <summary>True unless it is known that others than these serve the Ingress.</summary>
    public bool MayServe(IngressView ingress, string owner)
    {
        var item = surroundings.Class(ingress.ClassName) ?? (ingress.ClassName is null ? surroundings.DefaultClass : null);
        return OwnersOf(item, ingress.ClassName) is not { IsKnown: true } served || served.Owners.Contains(owner);
    }

    /// <summary>A Gateway of the Gateway API.</summary>
    public BalancerReach OfGateway(GatewayView gateway)
    {
        string? Annotation(string name) => gateway.Spec?.Infrastructure?.Annotations?.GetValueOrDefault(name) ?? gateway.Metadata.Annotation(name);
        var addresses = (gateway.Status?.Addresses ?? []).Select(address => address.Value).OfType<string>().ToList();
        var asked = (gateway.Spec?.Addresses ?? []).Select(address => address.Value).OfType<string>().ToList();
        return Seen(addresses) ?? OfOwningServices(addresses)
            ?? (InternalGatewayClasses.Contains(gateway.Spec?.GatewayClassName) ? BalancerReach.Cluster("internal") : (BalancerReach?)null)
            ?? (addresses.Count == 0 ? Seen(asked) : null)
            ?? OfServiceType(Annotation("networking.istio.io/service-type"))
            ?? Asked(Annotation, OwnersOf(null as string)) ?? BalancerReach.Internet;
    }

    // Istio gives the Service of a Gateway the type that an annotation names.
    private BalancerReach? OfServiceType(string? type) => type switch
    {
        "ClusterIP" => BalancerReach.Cluster("internal"),
        "NodePort" => OfNodes(),
        _ => null,
    };

    /// <summary>A proxy of which only the addresses are known that its objects show.</summary>
    public BalancerReach OfProxy(IReadOnlyCollection<string> addresses) => Seen(addresses) ?? OfOwningServices(addresses) ?? BalancerReach.Internet;

    /// <summary>A Route of OpenShift's, by the routers that admitted it.</summary>
    public BalancerReach OfRoute(OpenShiftRouteView route)
    {
        var routers = (route.Status?.Ingress ?? []).Where(router => !ViewCondition.Denies(router.Conditions, "Admitted")).Select(router => router.RouterName).ToList();
        var reach = routers.Count > 0 && routers.TrueForAll(name => name is not null && surroundings.Router(name) is { IsInternal: true }) ? BalancerReach.Cluster("internal router") : BalancerReach.Internet;
        return Restricted(reach, [], route.Metadata.Annotation, new Served(["openshift"], false, true));
    }

    /// <summary>Ports of every node.</summary>
    public BalancerReach OfNodes() =>
        surroundings.HasPublicNode ? BalancerReach.Internet
        : surroundings.HasNodes || surroundings.SeesWholeCluster ? BalancerReach.Cluster("private nodes")
        : new BalancerReach(ExposureLevel.Cluster, "", "no node is shown, and nodes may have public addresses");

    /// <summary>What addresses tell; null where they tell nothing.</summary>
    private static BalancerReach? Seen(IReadOnlyCollection<string> addresses) =>
        addresses.Any(AddressRanges.IsPublic) ? BalancerReach.Internet
        : addresses.Count > 0 && addresses.All(IsPrivate) ? BalancerReach.Cluster("internal")
        : null;

    private static bool IsPrivate(string address) =>
        System.Net.IPAddress.TryParse(address, out _) ? !AddressRanges.IsPublic(address)
        : address.EndsWith(".svc.cluster.local", StringComparison.OrdinalIgnoreCase) || address.EndsWith(".ts.net", StringComparison.OrdinalIgnoreCase)
            || (address.StartsWith("internal-", StringComparison.OrdinalIgnoreCase) && address.Contains(".elb.", StringComparison.OrdinalIgnoreCase));

    // The farthest of the Services whose balancer has one of the addresses.
    private BalancerReach? OfOwningServices(IReadOnlyCollection<string> addresses)
    {
        var reaches = addresses.SelectMany(surroundings.ServicesAt).Select(OfService).ToList();
        return reaches.Count == 0 ? null : reaches.MaxBy(reach => reach.Level);
    }

    private static BalancerReach? OfScheme(string? scheme) => scheme switch
    {
        "internal" => BalancerReach.Cluster("internal"),
        "internet-facing" => BalancerReach.Internet,
        _ => null,
    };

    /// <summary>What marks say that belong to who serves the balancer; null where none does.</summary>
    private static BalancerReach? Asked(Func<string, string?> annotation, Served? served)
    {
        foreach (var mark in KnownKinds.Marks.Where(mark => mark.Meaning != MarkMeaning.Sources && mark.Applies(annotation(mark.Annotation))))
        {
            if (served is null || served.Owners.Contains(mark.Owner))
            {
                return mark.Meaning == MarkMeaning.External ? BalancerReach.Internet : BalancerReach.Cluster("internal");
            }

            if (!served.IsKnown && mark.Meaning == MarkMeaning.Internal)
            {
                return new BalancerReach(ExposureLevel.Cluster, "internal", $"nobody is seen who goes by {mark.Annotation}");
            }
        }

        return null;
    }

    private static BalancerReach Restricted(BalancerReach reach, string[] ranges, Func<string, string?> annotation, Served? served)
    {
        var stated = ranges.Concat(KnownKinds.Marks
            .Where(mark => mark.Meaning == MarkMeaning.Sources && (mark.Owner == "every" || served is null || served.Owners.Contains(mark.Owner)))
            .Select(mark => annotation(mark.Annotation))
            .OfType<string>()
            .SelectMany(list => list.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
            .Select(range => range.StartsWith("cidr:", StringComparison.Ordinal) ? range[5..] : range.Trim())
            .ToList();
        return reach.Level < ExposureLevel.Internet || stated.Count == 0 || stated.Exists(range => AddressRanges.HoldsAnybody(range, [])) ? reach
            : BalancerReach.Cluster(stated.Exists(range => AddressRanges.HoldsPublic(range, [])) ? "few sources only" : "private sources only");
    }

    // Only what hands out addresses itself says what a balancer without one will have.
    private BalancerReach? Pool(ServiceView service)
    {
        if (!surroundings.HasPools || service.Spec?.LoadBalancerClass is not null || surroundings.NodeOwners.Count > 0)
        {
            return null;
        }

        var name = service.Metadata.Annotation("metallb.universe.tf/address-pool") ?? service.Metadata.Annotation("metallb.io/address-pool");
        var pools = surroundings.Pools.Where(pool => name is null || pool.Metadata.Name == name).ToList();
        return pools.Count == 0 || pools.Exists(pool => pool.Ranges.Any(range => AddressRanges.HoldsPublic(range, []))) ? null : BalancerReach.Cluster("private pool");
    }

    private static BalancerReach? Wanted(ServiceView service) =>
        service.Spec?.LoadBalancerIp is { Length: > 0 } address && IsPrivate(address) ? BalancerReach.Cluster("internal") : null;

    private Served? OwnersOf(ServiceView service) =>
        service.Spec?.LoadBalancerClass is null && service.Metadata.Annotation(LoadBalancerType) is "external" or "nlb-ip"
            ? new Served(["aws"], true, true)
            : OwnersOf(service.Spec?.LoadBalancerClass);

    private Served? OwnersOf(string? balancerClass)
    {
        if (balancerClass is not null)
        {
            var found = KnownKinds.Owners.FirstOrDefault(owner => owner.By == "class" && balancerClass.StartsWith(owner.Value, StringComparison.Ordinal));
            return found is null ? new Served([], false, true) : new Served([found.Owner], found.IsInternal, true);
        }

        // Files that show no node leave it open who serves: then every mark counts.
        return surroundings.NodeOwners.Count > 0 ? new Served([.. surroundings.NodeOwners], false, true)
            : surroundings.HasNodes || surroundings.SeesWholeCluster ? new Served([], false, false) : null;
    }

    private static Served OwnersOf(IngressClassView? item, string? name)
    {
        var found = KnownKinds.Owners.FirstOrDefault(owner => owner.By == "controller" && IsController(owner, item?.Spec?.Controller))
            ?? (item is null ? KnownKinds.Owners.FirstOrDefault(owner => (owner.By, owner.Value) == ("ingress", name)) : null);
        // A name is no proof: whose class it is says its IngressClass.
        return found is not null ? new Served([found.Owner], found.IsInternal, item is not null) : new Served([], false, item is not null);
    }

    // Several ingress-nginx in one cluster have controllers of their own names, such as k8s.io/internal-ingress-nginx.
    private static bool IsController(BalancerOwner owner, string? controller) =>
        controller == owner.Value || (owner.Owner == "nginx" && controller?.EndsWith("ingress-nginx", StringComparison.Ordinal) == true);

    /// <summary>Who serves a balancer, and what it is without a mark.</summary>
    private sealed record Served(string[] Owners, bool IsInternal, bool IsKnown);
}
