using System.Collections.Immutable;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Model.Images;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Priorities;
using OssRuntime.Policy.Rules;
using OssRuntime.Policy.Violations;

namespace OssRuntime.Operator.DenyLists;

/// <summary>
/// Finds the images that every pod is denied for. Rules that ask how a workload stands are left out, and so is whatever an exception accepts for anybody in
/// the namespace: who goes by this list cannot look closer, and must not refuse wrongly.
/// </summary>
internal sealed class DenialFinder(
    VerifiedInventories images, Store<NamespaceView> namespaces, RunningPods running, PolicySet policies, ExceptionSet exceptions, IReadOnlySet<string> exempt)
{
    /// <summary>The images, the most pressing first.</summary>
    public IReadOnlyList<Denial> Find()
    {
        var spaces = namespaces.Snapshot().Where(@namespace => !exempt.Contains(@namespace.Key.Name)).OrderBy(@namespace => @namespace.Key.Name, StringComparer.Ordinal).ToList();
        var runs = running.Images.Select(image => image.Digest.Value).ToHashSet(StringComparer.Ordinal);
        var byName = policies.All.ToDictionary(policy => policy.Name, StringComparer.Ordinal);
        var inForce = exceptions.InForce.Select(Anybodys).ToList();
        var all = images.All;
        var digestsOf = all.ToLookup(image => image.Spec.Image ?? "", image => image.Spec.Digest, StringComparer.Ordinal);
        return
        [
            .. all.Select(image => (Image: image, Hits: HitsOf(image, byName, runs)))
                .Where(pair => !pair.Hits.IsEmpty)
                .Select(pair => (pair.Image, pair.Hits, Spaces: spaces.Where(@namespace => IsDenied(@namespace, pair.Image, pair.Hits, byName, inForce)).Select(@namespace => @namespace.Key.Name).ToImmutableArray()))
                .Where(entry => !entry.Spaces.IsEmpty)
                .GroupBy(entry => entry.Image.Spec.Digest, StringComparer.Ordinal)
                .OrderByDescending(group => group.Max(entry => Weight(entry.Hits)))
                .ThenByDescending(group => group.Max(entry => entry.Image.Metadata.CreationTimestamp))
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new Denial(LinesOf(group.First().Image, digestsOf), [.. group.SelectMany(entry => entry.Spaces).Distinct(StringComparer.Ordinal)])),
        ];
    }

    // A digest that runs is let in again by policies with grace. What no policy in its present form has judged is left out.
    private ImmutableArray<RuleHit> HitsOf(ImageInventory image, Dictionary<string, RiskPolicy> byName, HashSet<string> runs) =>
        image.Report is not { Policies.IsEmpty: false, Hits: { IsEmpty: false } lines }
            ? []
            : [.. HitLine.Link(HitLine.Parse(lines), policies.Rules).Where(hit =>
                hit.Rule is { Action: PolicyAction.Deny, Exposure: null, Priority: null } && !(byName[hit.Policy].RunningGrace && runs.Contains(image.Spec.Digest)))];

    private static bool IsDenied(NamespaceView @namespace, ImageInventory image, ImmutableArray<RuleHit> hits, Dictionary<string, RiskPolicy> byName, List<RiskException> inForce)
    {
        var labels = @namespace.Metadata.Labels ?? new Dictionary<string, string>();
        var among = hits.Select(hit => byName[hit.Policy]).Distinct().Where(policy => policy.IsFor(@namespace.Key.Name, labels, image.Spec.Image ?? "")).Select(policy => policy.Name).ToHashSet(StringComparer.Ordinal);
        var scope = new ExceptionScope(@namespace.Key.Name, null, image.Spec.Image ?? "", image.Spec.Digest);
        return among.Count > 0
            && !ViolationFinder.Find(hits, among, DeployerContext.Assumed, null, (hit, item) => inForce.Exists(exception => exception.Covers(scope, hit, item))).IsEmpty;
    }

    // Who it is for is not known here, so that one for somebody counts for all.
    private static RiskException Anybodys(RiskException exception) => exception with { Spec = exception.Spec with { Workloads = [], Images = [] } };

    private static int Weight(ImmutableArray<RuleHit> hits) => hits.Max(hit => hit.Items.Max(item => item.Malicious ? 3 : (int)item.Evidence.Exploitation));

    // A name that stood for several digests is left out: it may stand for a better one by now.
    private static ImmutableArray<string> LinesOf(ImageInventory image, ILookup<string, string> digestsOf)
    {
        var name = image.Spec.Image;
        return ImageReference.TryParse(name, out var reference, out _) && reference!.Digest is null && digestsOf[name!].Distinct(StringComparer.Ordinal).Take(2).Count() == 1
            ? [image.Spec.Digest, name!]
            : [image.Spec.Digest];
    }
}
