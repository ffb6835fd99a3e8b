using System.Text.Json.Serialization.Metadata;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Apply;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.Integrity;

/// <summary>
/// Applies objects with their seal. The generation that the server will give is known beforehand, but for somebody who writes in the same moment: the
/// answer tells, and what it does not fit is sealed again.
/// </summary>
internal sealed class SealedApplier<T>(Applier<T> applier, ReportSeal seal, JsonTypeInfo<T> type)
    where T : class, ISealedResource
{
    /// <summary>Applies the object, and returns it as the server then has it; null where it was too large and there is none.</summary>
    public async Task<T?> ApplyAsync(ObjectKey key, T wished, CancellationToken cancel, IReadOnlyList<OwnerReference>? owners = null)
    {
        var seen = applier.Find(key);
        for (var again = false; ; again = true)
        {
            var mark = seal.Next(key, wished, seen);
            var desired = new Desired<T>(key, wished)
            {
                Owners = owners,
                Annotations = mark is null ? null : new Dictionary<string, string>(StringComparer.Ordinal) { [ReportSeal.Annotation] = mark },
                IsMistrusted = mark is not null && seen is not null && !seal.Holds(seen),
            };
            var applied = await applier.ApplyAsync(desired, type, cancel);
            if (again || mark is null || applied.Outcome != ApplyOutcome.Written || applied.Object is not { } answer || seal.Holds(answer))
            {
                return applied.Object;
            }

            seen = answer;
        }
    }
}
