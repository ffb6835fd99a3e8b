using System.Collections.Immutable;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Working;
using OssRuntime.Kubernetes.Writing;
using OssRuntime.Operator.Images;
using OssRuntime.Operator.Pods;
using OssRuntime.Operator.Reports;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Exceptions;

namespace OssRuntime.Operator.Policies;

/// <summary>
/// Writes what became of policies and exceptions into their status: whether a policy could be read, whether an exception is in force, and what it
/// accepts. An exception calls again when it ends, so that its end acts without any event.
/// </summary>
internal sealed class DecisionReconciler(
    DecisionWatch watch, PolicySet policies, RunningPods running, FactsIndex facts, Action<string?> exceptionEnded, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);

    public async Task<Result> ReconcileAsync(DecisionKey key, CancellationToken cancel)
    {
        if (key.Kind == RiskPolicyResource.Resource.Kind)
        {
            if (watch.Policies?.Store.Get(key.Key) is { } policy)
            {
                await WriteAsync(watch.Policies, policy, policy.Metadata, policy.Status, ReadyOf(policy.Metadata.Name), cancel);
            }

            return Result.Done;
        }

        if (watch.Exceptions?.Store.Get(key.Key) is { } own && key.Key.Namespace is not null)
        {
            await WriteAsync(watch.Exceptions, own, own.Metadata, own.Status, StateOf(key.Key, own.Spec), cancel);
            return Next(key.Key, own.Spec);
        }

        if (watch.ClusterExceptions?.Store.Get(key.Key) is { } cluster && key.Key.Namespace is null)
        {
            await WriteAsync(watch.ClusterExceptions, cluster, cluster.Metadata, cluster.Status, StateOf(key.Key, cluster.Spec), cancel);
            return Next(key.Key, cluster.Spec);
        }

        return Result.Done;
    }

    private (string Type, bool Holds, string Reason, string Message) ReadyOf(string name)
    {
        var errors = policies.ErrorsOf(name);
        return errors.IsEmpty
            ? ("Ready", true, "Read", "in force")
            : ("Ready", false, policies.IsInForce(name) ? "KeepsLastGoodForm" : "Invalid", string.Join("; ", errors));
    }

    private (string Type, bool Holds, string Reason, string Message) StateOf(ObjectKey key, RiskExceptionSpec? spec)
    {
        var reading = RiskExceptionCompiler.Compile(key.Namespace, key.Name, spec);
        if (reading.Exception is not { } exception)
        {
            return ("InForce", false, "Invalid", string.Join("; ", reading.Errors));
        }

        var now = time.GetUtcNow();
        if (!exception.IsInForce(now))
        {
            return now >= exception.Expires
                ? ("InForce", false, "Expired", $"ended at {exception.Expires:u}")
                : ("InForce", false, "NotApproved", "somebody who did not request it and may approve sets spec.approved");
        }

        var accepted = Accepted(exception);
        return accepted == 0
            ? ("InForce", true, "Unused", "accepts nothing that runs now: it may be deleted")
            : ("InForce", true, "Approved", $"approved by {spec!.ApprovedBy}; accepts {accepted} things that run now");
    }

    // How many things that break rules it accepts where they run.
    private int Accepted(RiskException exception) =>
        running.All
            .SelectMany(pod => pod.Containers.Where(container => container.Image is not null)
                .Select(container => (pod.Workload, Image: container.Image!, Name: container.Container.Image)))
            .Distinct()
            .Sum(place => (facts.Find(place.Image)?.Hits ?? ImmutableArray<OssRuntime.Policy.Rules.RuleHit>.Empty).Sum(hit => hit.Items.Count(item => exception.Covers(
                new ExceptionScope(place.Workload.Namespace, $"{place.Workload.Kind}/{place.Workload.Name}", place.Name, place.Image.Digest.Value), hit, item))));

    private Result Next(ObjectKey key, RiskExceptionSpec? spec)
    {
        var left = spec?.Expires - time.GetUtcNow();
        if (left is not { } wait || wait <= TimeSpan.Zero)
        {
            exceptionEnded(key.Namespace);
            return Result.Done;
        }

        return Result.After(wait < LookAgain ? wait : LookAgain);
    }

    private async Task WriteAsync<T>(
        DecisionStore<T> store, T item, ObjectMeta metadata, DecisionStatus? before, (string Type, bool Holds, string Reason, string Message) state, CancellationToken cancel)
        where T : class, IAppliedResource
    {
        var conditions = new ConditionList(before?.Conditions, metadata.Generation, time.GetUtcNow()).Add(state.Type, state.Holds, state.Reason, state.Message).Build();
        await store.Applier.ApplyStatusAsync(
            item.Key, new DecisionStatus { ObservedGeneration = metadata.Generation, Conditions = conditions }, ResourceJson.Default.DecisionStatus, cancel);
    }
}
