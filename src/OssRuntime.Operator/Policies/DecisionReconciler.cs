using System.Collections.Concurrent;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Exceptions;

namespace OssRuntime.Operator.Policies;

/// <summary>
/// Writes what became of policies and exceptions into their status: whether a policy could be read, whether an exception is in force, and what it
/// accepts. An exception calls again when it ends, so that its end acts without any event.
/// </summary>
internal sealed class DecisionReconciler(
    DecisionIndex stored, PolicySet policies, ExceptionSet exceptions, RunningPods running, FactsIndex facts, WorkQueue<ClusterEvent> events, TimeProvider time)
    : IReconciler<DecisionKey>
{
    // A clock may jump: an end is not left to one long wait.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CountAgain = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<ObjectKey, (RiskExceptionSpec Spec, DateTimeOffset At, int Matches)> _counted = new();

    // The exceptions whose end was told, by the end that they had: each end is told once, however often a status is looked at afterwards.
    private readonly ConcurrentDictionary<ObjectKey, DateTimeOffset?> _ended = new();

    public async Task<Result> ReconcileAsync(DecisionKey key, CancellationToken cancel)
    {
        if (key.Kind == RiskPolicyResource.Resource.Kind)
        {
            if (stored.Policies?.Store.Get(key.Key) is { } policy)
            {
                await stored.Policies.Applier.ApplyStatusAsync(policy.Key, StatusOf(policy), ResourceJson.Default.PolicyStatus, cancel);
            }

            return Result.Done;
        }

        if (stored.Exceptions?.Store.Get(key.Key) is { } own && key.Key.Namespace is not null)
        {
            await stored.Exceptions.Applier.ApplyStatusAsync(own.Key, StatusOf(own.Key, own.Spec, own.Metadata, own.Status), ResourceJson.Default.ExceptionStatus, cancel);
            return Next(key.Key, own.Spec);
        }

        if (stored.ClusterExceptions?.Store.Get(key.Key) is { } cluster && key.Key.Namespace is null)
        {
            await stored.ClusterExceptions.Applier.ApplyStatusAsync(
                cluster.Key, StatusOf(cluster.Key, cluster.Spec, cluster.Metadata, cluster.Status), ResourceJson.Default.ExceptionStatus, cancel);
            return Next(key.Key, cluster.Spec);
        }

        _counted.TryRemove(key.Key, out _);
        _ended.TryRemove(key.Key, out _);
        return Result.Done;
    }

    private PolicyStatus StatusOf(RiskPolicyResource policy)
    {
        var name = policy.Metadata.Name;
        var errors = policies.ErrorsOf(name);
        var (holds, reason, message) = errors.IsEmpty
            ? (true, "Read", "in force")
            : (false, policies.IsInForce(name) ? "KeepsLastGoodForm" : "Invalid", string.Join("; ", errors));
        var form = policies.FormOf(name);
        return new PolicyStatus
        {
            ObservedGeneration = policy.Metadata.Generation,
            LastGoodForm = form,
            LastGoodSeal = form is null ? null : policies.SealOf(name, form),
            Conditions = new ConditionList(policy.Status?.Conditions, policy.Metadata.Generation, time.GetUtcNow()).Add("Ready", holds, reason, message).Build(),
        };
    }

    private ExceptionStatus StatusOf(ObjectKey key, RiskExceptionSpec? spec, ObjectMeta metadata, ExceptionStatus? before) => ExceptionState.Of(
        key,
        spec,
        metadata.Generation,
        before,
        spec is null || exceptions.Vouches(ApprovalSubject.Of(metadata), spec, metadata.Annotation(ApprovalSeal.Annotation)),
        exception => Matches(key, exception),
        time.GetUtcNow());

    // Looking through all that runs is for once an hour; a moment's change in what runs is no news.
    private int Matches(ObjectKey key, RiskException exception)
    {
        var now = time.GetUtcNow();
        if (_counted.TryGetValue(key, out var counted) && ReferenceEquals(counted.Spec, exception.Spec) && (now - counted.At).Duration() < CountAgain)
        {
            return counted.Matches;
        }

        var matches = Count(exception);
        _counted[key] = (exception.Spec, now, matches);
        return matches;
    }

    // How many findings it takes out, or how many things that break rules it accepts, where they run.
    private int Count(RiskException exception)
    {
        var places = running.All
            .SelectMany(pod => pod.Containers.Where(container => container.Image is not null)
                .Select(container => (pod.Workload, Image: container.Image!, Name: container.Container.Image)))
            .Distinct();
        return places.Sum(place =>
        {
            var scope = new ExceptionScope(place.Workload.Namespace, $"{place.Workload.Kind}/{place.Workload.Name}", place.Name, place.Image.Digest.Value);
            var known = facts.Find(place.Image);
            return known is null ? 0
                : exception.Suppresses && exception.Spec.Rules.IsEmpty ? known.Acceptable.Count(finding => exception.CoversFinding(scope, finding.Item))
                : known.Hits.Sum(hit => hit.Items.Count(item => exception.Covers(scope, hit, item)));
        });
    }

    private Result Next(ObjectKey key, RiskExceptionSpec? spec)
    {
        var left = spec?.Expires - time.GetUtcNow();
        if (left is { } wait && wait > TimeSpan.Zero)
        {
            _ended.TryRemove(key, out _);
            return Result.After(wait < LookAgain ? wait : LookAgain);
        }

        if (!_ended.TryGetValue(key, out var told) || told != spec?.Expires)
        {
            _ended[key] = spec?.Expires;
            events.Add(ClusterEvent.ExceptionEnded(key));
        }

        return Result.Done;
    }
}
