using System.Collections.Immutable;
using OssRuntime.Exposure.Described;
using OssRuntime.Exposure.Graph;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Operator.Exposure;

/// <summary>
/// Where workloads stand: the farthest exposure of their pods, unless their owners declare another; and the impact that the owners declare. What is declared nearest to
/// the pod counts, and of pods that disagree the graver word.
/// </summary>
internal sealed class WorkloadContexts(ExposureGraph graph, OwnerAnnotationIndex declarations)
{
    private const int MostPrivileges = 40;
    private const int MostUncertain = 20;

    public WorkloadContext Of(WorkloadKey key, IReadOnlyList<RunningPod> pods)
    {
        var words = declarations.Of(key, pods);
        var computed = pods.Select(pod => graph.Of(pod.Pod.Key)).OfType<PodExposure>().ToList();
        var farthest = computed.Count == 0 ? null : computed.Aggregate((left, right) => left.OrderAgainst(right) <= 0 ? left : right);
        var declared = Declared(words);
        // A replica that may be farther than the farthest makes the workload so.
        var uncertain = declared is null ? UncertainOf(computed, farthest?.Level) : [];
        var (level, path) = declared is { } word ? (word.Level, DeclaredExposure.PathOf($"on the {word.From}", word.Level, farthest)) : (farthest?.Level, farthest?.Path ?? []);
        var impact = words
            .Where(word => OwnerAnnotations.ImpactOf(word.Declared.Impact) is not null)
            .Select(word => (Value: OwnerAnnotations.ImpactOf(word.Declared.Impact)!.Value, word.From))
            .GroupBy(word => word.From, StringComparer.Ordinal)
            .Select(group => (group.Max(word => word.Value), group.Key))
            .Append((WorkloadContext.Unknown.Impact, WorkloadContext.Unknown.ImpactFrom))
            .First();
        return new WorkloadContext
        {
            Level = level,
            Uncertain = uncertain,
            Path = [.. path, .. words.Where(IsWrong).Select(word => $"{OwnerAnnotations.ExposureAnnotation}: '{word.Declared.Exposure}' on the {word.From} is no level").Distinct()],
            Impact = impact.Item1,
            ImpactFrom = impact.Item2,
            Privileges = [.. pods.SelectMany(pod => pod.Pod.Privileges).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostPrivileges)],
        };
    }

    private static ImmutableArray<ExposureUncertain> UncertainOf(List<PodExposure> computed, ExposureLevel? level) =>
    [
        .. computed.SelectMany(pod => pod.Uncertain).Where(item => item.AtMost > level).Distinct()
            .OrderByDescending(item => item.AtMost).ThenBy(item => item.Text, StringComparer.Ordinal).Take(MostUncertain),
    ];

    private static (ExposureLevel Level, string From)? Declared(IEnumerable<(OwnerAnnotations Declared, string From)> words)
    {
        var nearest = words
            .Select(word => (Level: OwnerAnnotations.LevelOf(word.Declared.Exposure), word.From))
            .Where(word => word.Level is not null)
            .GroupBy(word => word.From, StringComparer.Ordinal)
            .FirstOrDefault();
        return nearest is null ? null : (nearest.Max(word => word.Level)!.Value, nearest.Key);
    }

    private static bool IsWrong((OwnerAnnotations Declared, string From) word) =>
        word.Declared.Exposure is { Length: > 0 } text && OwnerAnnotations.LevelOf(text) is null;
}
