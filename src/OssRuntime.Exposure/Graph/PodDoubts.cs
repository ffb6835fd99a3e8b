using System.Collections.Immutable;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Graph;

/// <summary>What may make a pod reachable from farther away than what was understood: objects that are not read, tunnels of others, policies that may admit more.</summary>
internal sealed class PodDoubts(ClusterObjects objects)
{
    private const int Most = 20;
    private const int MostOfAKind = 5;

    /// <summary>What there is above the level that was found, the farthest first.</summary>
    public ImmutableArray<ExposureUncertain> Of(PodStanding standing, WaySearch search, bool dangling) =>
        search.Best.Level == ExposureLevel.Internet || !MayBe(standing, search, dangling)
            ? []
            :
            [
                .. search.Doubts
                    .Concat(FromUnread(standing, dangling))
                    .Concat(FromTunnels(standing))
                    .Concat(FromPolicies(standing, search))
                    .Where(doubt => doubt.AtMost > search.Best.Level)
                    .Distinct()
                    .OrderByDescending(doubt => doubt.AtMost)
                    .ThenBy(doubt => doubt.Text, StringComparer.Ordinal)
                    .Take(Most),
            ];

    // Of most pods there is nothing to doubt: that is told before anything is put together.
    private bool MayBe(PodStanding standing, WaySearch search, bool dangling) =>
        search.HasDoubts || dangling || objects.Roles.Tunnels.Count > 0 || !objects.Unread.IsEmpty || (standing.Admission.Isolated && search.Unlimited > search.Best.Level);

    private IEnumerable<ExposureUncertain> FromUnread(PodStanding standing, bool dangling)
    {
        var level = standing.Limit(new NetworkPath(ExposureLevel.Internet, ["?"], null, Proxied: true), null).Level;
        return level == ExposureLevel.None
            ? []
            : Few(objects.Unread.In(standing.Pod.Key.Namespace).Select(source => $"{source.Title} is not understood"))
                .Concat(standing.Services.SelectMany(service => Few(objects.Unread.Naming(service.Metadata.Key))))
                .Concat(standing.Services.Count == 0 && dangling ? Few(objects.Dangling.To(standing.Pod.Key.Namespace)) : [])
                .Select(text => new ExposureUncertain(level, text));
    }

    private IEnumerable<ExposureUncertain> FromTunnels(PodStanding standing) => Few(objects.Roles.Tunnels
        .Where(tunnel => tunnel.Key != standing.Pod.Key && Reaches(standing, tunnel.Key.Namespace))
        .Select(tunnel => $"may be reached through the tunnel of {tunnel.Value.Client} in {tunnel.Key.Namespace}{(tunnel.Value.Certain ? "" : ", if it opens one")}")
        .Distinct(StringComparer.Ordinal))
        .Select(text => new ExposureUncertain(ExposureLevel.Internet, text));

    private static bool Reaches(PodStanding standing, string? tunnel)
    {
        var whom = standing.Admission.Isolated ? standing.AdmittedTo(null) : Admitted.Anybody;
        return (whom & ~Admitted.OwnNamespace) != Admitted.Nobody || (whom.HasFlag(Admitted.OwnNamespace) && tunnel == standing.Pod.Key.Namespace);
    }

    private IEnumerable<ExposureUncertain> FromPolicies(PodStanding standing, WaySearch search)
    {
        if (!standing.Admission.Isolated || search.Unlimited <= search.Best.Level)
        {
            return [];
        }

        var others = objects.OtherPolicies.On(standing.Pod.Key.Namespace).ToList();
        return Few(others.Where(policy => policy.Admits).Select(policy => $"{policy.Title} may admit what NetworkPolicies do not"))
            .Concat(others.Count == 0 && objects.SeesWholeCluster && !objects.EnforcesPolicies ? ["no network plugin is seen that is known to enforce NetworkPolicies"] : [])
            .Select(text => new ExposureUncertain(search.Unlimited, text));
    }

    // Somebody who makes many of them says no more than that there are many.
    private static IEnumerable<string> Few(IEnumerable<string> texts)
    {
        var all = texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return all.Count <= MostOfAKind ? all : all.Take(MostOfAKind).Append($"{all.Count - MostOfAKind} more like {all[0]}");
    }
}
