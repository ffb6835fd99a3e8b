using OssRuntime.Exposure.Views;

namespace OssRuntime.Exposure.Graph;

/// <summary>Policies beside NetworkPolicy, by the namespace that they are for; those of the whole cluster are for each.</summary>
internal sealed class OtherPolicies
{
    private readonly Dictionary<Source, OtherPolicyView> _policies = [];
    private readonly Multimap<string, Source> _byNamespace = new();

    public bool IsEmpty => _policies.Count == 0;

    /// <summary>The policies that may be about a pod of the namespace, in a fixed order.</summary>
    public IEnumerable<OtherPolicyView> On(string? @namespace) =>
        _policies.Count == 0 ? [] : _byNamespace[@namespace ?? ""].Concat(_byNamespace[""]).Select(source => _policies[source]).OrderBy(policy => policy.Title, StringComparer.Ordinal);

    public void Set(Source source, OtherPolicyView? policy)
    {
        _policies.Remove(source);
        _byNamespace.Remove(source.Key.Namespace ?? "", source);
        if (policy is not null)
        {
            _policies[source] = policy;
            _byNamespace.Add(source.Key.Namespace ?? "", source);
        }
    }
}
