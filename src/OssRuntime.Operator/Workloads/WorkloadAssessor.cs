using System.Collections.Immutable;
using OssRuntime.Advisories.Database;
using OssRuntime.Operator.Exposure;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Exceptions;

namespace OssRuntime.Operator.Workloads;

/// <summary>Composes what is to be said of a workload: its images' facts without what exceptions take out, where it stands, the rules that it breaks.</summary>
internal sealed class WorkloadAssessor(
    FactsIndex index, WorkloadContexts contexts, Violations violations, ExceptionSet exceptions, CurrentDatabase database, WorkloadReportComposer composer)
{
    private const int MostViolations = 20;

    /// <summary>The facts of a workload's images; those without any yet are left out.</summary>
    public IReadOnlyDictionary<ImageKey, ImageFacts> FactsOf(IReadOnlyList<RunningPod> pods) =>
        ImagesOf(pods).Select(index.Find).OfType<ImageFacts>().ToDictionary(image => image.Key);

    /// <summary>Composes the report.</summary>
    /// <param name="key">The workload.</param>
    /// <param name="pods">Its pods.</param>
    /// <param name="facts">The facts of its images.</param>
    /// <param name="before">The report that stands, or null.</param>
    public WorkloadAssessment Assess(WorkloadKey key, IReadOnlyList<RunningPod> pods, IReadOnlyDictionary<ImageKey, ImageFacts> facts, WorkloadReport? before)
    {
        var known = new Dictionary<ImageKey, ImageFacts>(facts);
        foreach (var image in ImagesOf(pods).Where(image => !known.ContainsKey(image)))
        {
            known[image] = RememberedFacts.Of(image, ImageState.Pending, nameof(ImageState.Pending), "the image waits to be read", null);
        }

        var inForce = exceptions.InForce.ToList();
        foreach (var (scope, image) in PlacesOf(key, pods))
        {
            known[image] = AcceptableFinding.Suppress(known[image], scope, inForce);
        }

        var context = contexts.Of(key, pods);
        var report = composer.Compose(key, pods, known, database.Generation, context, ViolationsOf(key, pods, known, context));
        return new WorkloadAssessment(StableGeneration.Of(report, before), known.Values);
    }

    private static IEnumerable<ImageKey> ImagesOf(IReadOnlyList<RunningPod> pods) => pods.SelectMany(RunningPods.ImagesOf).Distinct();

    // An image that a workload runs under several names is looked at under the first.
    private static IEnumerable<(ExceptionScope Scope, ImageKey Image)> PlacesOf(WorkloadKey key, IReadOnlyList<RunningPod> pods) => pods
        .SelectMany(pod => pod.Containers)
        .Where(container => container.Image is not null)
        .GroupBy(container => container.Image!)
        .Select(group => (ScopeOf(key, group.Min(container => container.Container.Image) ?? "", group.Key), group.Key));

    private ImmutableArray<string> ViolationsOf(
        WorkloadKey key, IReadOnlyList<RunningPod> pods, Dictionary<ImageKey, ImageFacts> known, WorkloadContext context) =>
    [
        .. pods.SelectMany(pod => pod.Containers)
            .Where(container => container.Image is not null)
            .DistinctBy(container => (container.Image, container.Container.Image))
            .SelectMany(container =>
            {
                var hits = known[container.Image!].Hits;
                var among = violations.PoliciesFor(key.Namespace, container.Container.Image);
                var scope = ScopeOf(key, container.Container.Image, container.Image!);
                return violations.Find(hits, among, scope, context).Select(violation => (Violation: violation, Line: violation.ReportLine))
                    .Concat(violations.FindUndecided(hits, among, scope, context).Select(violation => (Violation: violation, Line: violation.UndecidedLine)));
            })
            .OrderByDescending(found => found.Violation.Rule.ReportSeverity)
            .ThenByDescending(found => found.Violation.Rule.Action)
            .Select(found => found.Line)
            .Distinct(StringComparer.Ordinal)
            .Take(MostViolations),
    ];

    private static ExceptionScope ScopeOf(WorkloadKey key, string name, ImageKey image) => new(key.Namespace, $"{key.Kind}/{key.Name}", name, image.Digest.Value);
}
