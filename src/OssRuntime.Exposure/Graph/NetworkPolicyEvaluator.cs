using OssRuntime.Exposure.Addresses;
using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Graph;

/// <summary>
/// Whom the NetworkPolicies let reach a pod. Policies add up: what one admits is admitted; a pod that none selects is open. A rule on
/// pods of a namespace counts whether or not such pods run now, because anybody there can start one.
/// </summary>
internal sealed class NetworkPolicyEvaluator(ClusterObjects objects)
{
    // Where no node is shown: the private blocks that clouds take nodes' addresses from more often than not.
    private static readonly string[] UsualNodes = ["10.0.0.0/8", "172.16.0.0/12"];

    private readonly Dictionary<ObjectKey, CompiledPolicy> _compiled = [];
    private readonly Dictionary<string, HashSet<string>> _selected = new(StringComparer.Ordinal);

    /// <summary>Forgets what a policy came to.</summary>
    public void Forget(ObjectKey policy) => _compiled.Remove(policy);

    /// <summary>Forgets what all policies came to: namespaces, nodes or proxies are others now.</summary>
    public void ForgetAll()
    {
        _compiled.Clear();
        _selected.Clear();
    }

    /// <summary>Whom the policies on a pod admit.</summary>
    public PodAdmission On(PodView pod)
    {
        if (pod.HostNetwork)
        {
            return PodAdmission.Open;
        }

        List<CompiledPolicy>? selecting = null;
        foreach (var key in objects.PoliciesIn[pod.Key.Namespace ?? ""])
        {
            var policy = objects.Policies[key];
            if (policy.LimitsIngress && Selects(policy, pod))
            {
                (selecting ??= []).Add(Compiled(policy));
            }
        }

        IReadOnlyList<string> denials = objects.OtherPolicies.IsEmpty
            ? [] : [.. objects.OtherPolicies.On(pod.Key.Namespace).Where(policy => policy.DeniesAll).Select(policy => $"{policy.Metadata.Key} ({policy.Row.Group})")];
        return selecting is null && denials.Count == 0 ? PodAdmission.Open : PodAdmission.Of(pod, selecting ?? [], denials);
    }

    public static bool Selects(NetworkPolicyView policy, PodView pod) => policy.Spec?.PodSelector?.Matches(pod.Labels) ?? true;

    private CompiledPolicy Compiled(NetworkPolicyView policy)
    {
        if (!_compiled.TryGetValue(policy.Metadata.Key, out var known))
        {
            _compiled[policy.Metadata.Key] = known = new CompiledPolicy(
                policy, [.. (policy.Spec?.Ingress ?? []).Select(rule => (rule.Ports ?? [], WhomOf(rule, policy.Metadata.Namespace)))]);
        }

        return known;
    }

    private Admitted WhomOf(NetworkPolicyView.PolicyRule rule, string? @namespace) =>
        rule.From is { Length: > 0 } peers ? peers.Aggregate(Admitted.Nobody, (whom, peer) => whom | WhomOf(peer, @namespace)) : Admitted.Anybody;

    private Admitted WhomOf(NetworkPolicyView.Peer peer, string? @namespace)
    {
        if (peer.IpBlock is { } block)
        {
            return WhomOf(block);
        }

        if (peer.NamespaceSelector is not { } selector)
        {
            return Admitted.OwnNamespace;
        }

        var whom = Admitted.Nobody;
        foreach (var name in NamespacesOf(selector))
        {
            whom |= name == @namespace ? Admitted.OwnNamespace : Admitted.OtherNamespaces | (objects.MayHoldProxy(name, @namespace) ? Admitted.ProxyNamespace : Admitted.Nobody);
        }

        return whom;
    }

    private Admitted WhomOf(NetworkPolicyView.IpBlock block)
    {
        var except = block.Except ?? [];
        if (AddressRanges.HoldsAnybody(block.Cidr, except))
        {
            return Admitted.Anybody | Admitted.PrivateBlock | Admitted.Nodes;
        }

        var nodes = objects.Balancers.Nodes.SelectMany(node => node.Status?.Addresses ?? []).Select(address => address.Value).OfType<string>().ToList();
        return (AddressRanges.HoldsPublic(block.Cidr, except) ? Admitted.FewPublic : Admitted.PrivateBlock)
            | (nodes.Exists(address => AddressRanges.Meets(block.Cidr, except, address)) ? Admitted.Nodes
                : nodes.Count > 0 ? Admitted.Nobody
                : Array.Exists(UsualNodes, usual => AddressRanges.Meets(block.Cidr, except, usual)) ? Admitted.Nodes
                : AddressRanges.HoldsPublic(block.Cidr, except) ? Admitted.Nobody : Admitted.PerhapsNodes);
    }

    private HashSet<string> NamespacesOf(LabelSelector selector)
    {
        var text = selector.Text;
        if (!_selected.TryGetValue(text, out var names))
        {
            _selected[text] = names = objects.Namespaces.Where(pair => selector.Matches(pair.Value)).Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
        }

        return names;
    }
}
