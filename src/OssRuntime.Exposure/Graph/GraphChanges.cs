using OssRuntime.Exposure.Balancers;
using OssRuntime.Exposure.Lists;
using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Exposure.Ways;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Graph;

/// <summary>Takes changes of objects over, and marks what they may concern.</summary>
internal sealed class GraphChanges(ClusterObjects objects, GraphMarks marks, NetworkPolicyEvaluator policies)
{
    private readonly IstioGatewayReach _istio = new(objects);

    /// <summary>Takes over an object of any kind that exposure is computed from, by the id of the kind; null where it is gone.</summary>
    public void Put(string kind, ObjectKey key, IResource? item)
    {
        switch (kind)
        {
            case "Pod":
                Set(key, (PodView?)item);
                break;
            case "Node":
                Set(key.Name, (NodeView?)item);
                break;
            case "Namespace":
                SetNamespace(key.Name, (item as NamespaceView)?.Labels, false);
                break;
            case Source.Service:
                Set(key, (ServiceView?)item);
                break;
            case EndpointSliceView.Kind:
                Set(key, (EndpointSliceView?)item);
                break;
            case "NetworkPolicy":
                Set(key, (NetworkPolicyView?)item);
                break;
            case Source.Ingress:
                SetRoute(new Source(kind, key), source => objects.Routes.Set(source, (IngressView?)item));
                break;
            case OpenShiftRouteView.Kind:
                SetRoute(new Source(kind, key), source => objects.Routes.Set(source, (OpenShiftRouteView?)item));
                break;
            case GatewayView.Kind:
                SetGateway(key, (GatewayView?)item);
                break;
            case ReferenceGrantView.Kind:
                Set(key, (ReferenceGrantView?)item);
                break;
            default:
                PutOther(kind, key, item);
                break;
        }
    }

    // Kinds of groups that not every server has.
    private void PutOther(string kind, ObjectKey key, IResource? item)
    {
        if (kind == IstioGatewayView.Id)
        {
            marks.AddUnder(new Source(kind, key));
            Replace(objects.IstioGateways, key, (IstioGatewayView?)item);
            marks.AddUnder(new Source(kind, key));
        }
        else if (KnownKinds.UnreadById.TryGetValue(kind, out var unread))
        {
            objects.Unread.Set(unread, key, item is not null);
            marks.AddNamespace(unread.Anywhere ? null : key.Namespace);
        }
        else if (KnownKinds.AdmittingById.ContainsKey(kind))
        {
            objects.OtherPolicies.Set(new Source(kind, key), (OtherPolicyView?)item);
            marks.AddNamespace(key.Namespace);
        }
        else if (KnownKinds.UnderstoodById.ContainsKey(kind))
        {
            Set(new Source(kind, key), (WayView?)item);
        }
        else if (!PutSurroundings(kind, key, item))
        {
            PutRoute(kind, key, item);
        }
    }

    private void PutRoute(string kind, ObjectKey key, IResource? item)
    {
        if (kind.StartsWith("ListenerSet", StringComparison.Ordinal) || kind.StartsWith("XListenerSet", StringComparison.Ordinal))
        {
            marks.AddUnder(new Source(Source.ListenerSet, key));
            Replace(objects.ListenerSets, key, (GatewayView?)item);
            marks.AddUnder(new Source(Source.ListenerSet, key));
            return;
        }

        SetRoute(new Source(kind, key), source => objects.Routes.Set(source, (RouteView?)item));
    }

    // What balancers go by.
    private bool PutSurroundings(string kind, ObjectKey key, IResource? item)
    {
        switch (kind)
        {
            case "IngressClass":
                objects.Balancers.Set(key.Name, (IngressClassView?)item);
                break;
            case RouterView.Kind:
                objects.Balancers.Set(key.Name, (RouterView?)item);
                break;
            case var _ when kind.StartsWith(IngressClassParamsView.Kind + ".", StringComparison.Ordinal):
                objects.Balancers.Set(kind[(IngressClassParamsView.Kind.Length + 1)..], key.Name, (IngressClassParamsView?)item);
                break;
            case var _ when Array.Exists(AddressPoolView.Kinds, pool => pool.Kind == kind):
                objects.Balancers.Set(kind, key, (AddressPoolView?)item);
                break;
            default:
                return false;
        }

        marks.AddBalanced();
        return true;
    }

    private void Set(ObjectKey key, PodView? pod)
    {
        var before = objects.Pods.Find(key);
        var now = pod is { Finished: false } ? pod : null;
        objects.Pods.Set(key, now);
        marks.Pods.Add(key);
        var changes = objects.Roles.Set(key, before, now);
        if (changes.HasFlag(RoleChanges.Everything))
        {
            marks.AddEveryPod();
        }

        if (changes.HasFlag(RoleChanges.Fronts))
        {
            marks.AddPolicies();
        }

        if (changes.HasFlag(RoleChanges.NodeProxy))
        {
            marks.Pods.UnionWith(objects.Pods.All.Where(other => IsBeside(other, before) || IsBeside(other, now)).Select(other => other.Key));
        }

        if (IsGatewayOfIstio(before) || IsGatewayOfIstio(now))
        {
            marks.AddIstio();
        }
    }

    private static bool IsBeside(PodView pod, PodView? proxy) => proxy is not null && (proxy.Node.Length == 0 || pod.Node.Length == 0 || pod.Node == proxy.Node);

    private bool IsGatewayOfIstio(PodView? pod) =>
        pod is not null && objects.IstioGateways.Values.Any(gateway => gateway.Spec?.Selector?.All(pair => pod.Labels.Find(pair.Key) == pair.Value) == true);

    private void Set(ObjectKey key, ServiceView? service)
    {
        var before = objects.Services.Find(key);
        marks.Pods.UnionWith(objects.PodsBehind(key));
        marks.AddWithDownstream(key);
        objects.Services.Set(key, service);
        objects.Dangling.Forget();
        objects.Balancers.SetAddresses(before, service);
        objects.Routes.SetAlias(key, service is null ? null : ClusterObjects.TargetOf(service));
        marks.AddWithDownstream(key);
        if (objects.Roles.Set(key, service))
        {
            marks.AddPolicies();
        }

        if (before?.FacesOutside == true || service?.FacesOutside == true)
        {
            marks.AddSharers([.. BalancerSurroundings.AddressesOf(before), .. BalancerSurroundings.AddressesOf(service)]);
        }

        if (objects.IstioGateways.Values.Any(gateway => gateway.Spec?.Selector is { Count: > 0 } selector && (IsOver(before, selector) || IsOver(service, selector))))
        {
            marks.AddIstio();
        }

        // Whether something else in the namespace faces outside decides on what its own pods may bring in.
        if (before?.FacesOutside == true != (service?.FacesOutside == true))
        {
            marks.AddNamespace(key.Namespace ?? "");
        }
    }

    private bool IsOver(ServiceView? service, Dictionary<string, string> selector) => service is not null && _istio.IsOver(service, selector);

    private void Set(ObjectKey key, EndpointSliceView? slice)
    {
        marks.AddSlice(objects.Slices.GetValueOrDefault(key));
        objects.SetSlice(key, slice);
        marks.AddSlice(slice);
    }

    private void Set(Source source, WayView? way)
    {
        SetRoute(source, _ =>
        {
            if ((way?.Choice ?? objects.Routes.Way(source)?.Choice) is { } choice)
            {
                Set(choice.Metadata.Key, way?.Choice);
            }

            objects.Routes.Set(source, way);
        });
        if (source == WayStarts.KnativeConfiguration)
        {
            foreach (var other in objects.Routes.Ways.Where(other => other.Value.Row.Facing == Facing.KnativeDomain).Select(other => other.Key).ToList())
            {
                marks.AddWay(other);
            }
        }
    }

    private void SetGateway(ObjectKey key, GatewayView? gateway)
    {
        Replace(objects.Gateways, key, gateway);
        marks.AddUnder(new Source(Source.Gateway, key));
        marks.AddUnder(Source.DefaultGateways);
        foreach (var (set, _) in objects.ListenerSets.Where(set => set.Value.Spec?.ParentRef is { } parent && new ObjectKey(parent.Namespace ?? set.Key.Namespace, parent.Name ?? "") == key))
        {
            marks.AddUnder(new Source(Source.ListenerSet, set));
        }
    }

    private void Set(ObjectKey key, ReferenceGrantView? grant)
    {
        Replace(objects.Grants, key, grant);
        objects.GrantsIn.Remove(key.Namespace ?? "", key);
        if (grant is not null)
        {
            objects.GrantsIn.Add(key.Namespace ?? "", key);
        }

        foreach (var service in objects.Services.In(key.Namespace).Where(service => objects.Routes.To(service).Count > 0))
        {
            marks.AddWithDownstream(service);
        }
    }

    private void Set(ObjectKey key, NetworkPolicyView? policy)
    {
        marks.AddSelected(objects.Policies.GetValueOrDefault(key));
        policies.Forget(key);
        Replace(objects.Policies, key, policy);
        objects.PoliciesIn.Remove(key.Namespace ?? "", key);
        if (policy is not null)
        {
            objects.PoliciesIn.Add(key.Namespace ?? "", key);
        }

        marks.AddSelected(policy);
    }

    /// <summary>Takes over a namespace's labels; null where it is gone.</summary>
    public void SetNamespace(string name, LabelSet? labels, bool assumed)
    {
        objects.SetNamespace(name, labels, assumed);
        marks.AddPolicies();
        foreach (var route in objects.Routes.RoutesIn(name))
        {
            marks.AddBackends(route);
        }
    }

    private void Set(string name, NodeView? node)
    {
        var (isPublic, balancers, addresses) = objects.Balancers.SetNode(name, node);
        if (isPublic)
        {
            marks.Pods.UnionWith(objects.Pods.All.Where(pod => pod.Node == name || pod.Node.Length == 0).Select(pod => pod.Key));
        }

        if (balancers)
        {
            marks.AddBalanced();
        }

        if (addresses)
        {
            marks.AddPolicies();
        }
    }

    private void SetRoute(Source source, Action<Source> set)
    {
        marks.AddWay(source);
        set(source);
        objects.Dangling.Forget();
        marks.AddWay(source);
    }

    private static void Replace<T>(Dictionary<ObjectKey, T> table, ObjectKey key, T? item)
        where T : class
    {
        table.Remove(key);
        if (item is not null)
        {
            table[key] = item;
        }
    }
}
