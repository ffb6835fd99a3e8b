using k8s;
using k8s.Models;

namespace OssRuntime.EndToEnd.Tests.Charts;

/// <summary>What the chart allows the operator, one line for each resource and verb: <c>watch pods</c>, <c>patch ossruntime.io/imageinventories/status</c>.</summary>
internal static class ChartRights
{
    public static SortedSet<string> In(string manifests)
    {
        var rights = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var rules in KubernetesYaml.LoadAllFromString(manifests).Select(RulesOf).OfType<IList<V1PolicyRule>>())
        {
            foreach (var rule in rules)
            {
                rights.UnionWith(from @group in rule.ApiGroups from resource in rule.Resources from verb in rule.Verbs select Line(verb, @group, resource));
            }
        }

        return rights;
    }

    public static string Line(string verb, string group, string resource) => group.Length == 0 ? $"{verb} {resource}" : $"{verb} {group}/{resource}";

    // The roles for people who look, and for who reads metrics, are not the operator's.
    private static IList<V1PolicyRule>? RulesOf(object document) => document switch
    {
        V1ClusterRole role when !role.Metadata.Name.EndsWith("-view", StringComparison.Ordinal) && !role.Metadata.Name.EndsWith("-metrics", StringComparison.Ordinal) => role.Rules,
        V1Role role => role.Rules,
        _ => null,
    };
}
