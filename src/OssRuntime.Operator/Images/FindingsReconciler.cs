using System.Collections.Immutable;
using OssRuntime.Inventory;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Hosting;
using OssRuntime.Kubernetes.Watching;
using OssRuntime.Kubernetes.Working;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Operator.Knowledge;
using OssRuntime.Operator.Pods;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.Reports;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Priorities;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Images;

/// <summary>
/// Computes what is dangerous in an image and writes its ImageInventory. It needs the store and the database and never a registry, so that a
/// new database or a passing day is followed at once.
/// </summary>
internal sealed class FindingsReconciler(
    RunningPods running,
    PodBacklog backlog,
    CurrentMatcher matcher,
    FactsIndex facts,
    InventoryAttempts attempts,
    ImageReader reader,
    ImageWriter writer,
    ImageReportComposer composer,
    PolicySet policies,
    ExceptionSet exceptions,
    OperatorQueues queues,
    Store<ImageInventory> written,
    ControllerEnvironment environment,
    TimeSpan retention)
{
    private const int MostKept = 40;

    public async Task<Result> ReconcileAsync(ImageKey key, CancellationToken cancel)
    {
        // Asked before the pods are: those that come in between are no part of them.
        var partial = MayBePartial(key);
        var pods = running.Of(key);
        if (pods.Count == 0)
        {
            return await RetireAsync(key, cancel);
        }

        var image = NameOf(key, pods);
        if (reader.Find(key) is { } inventory)
        {
            return await ReportAsync(key, image, inventory, pods, partial, cancel);
        }

        if (attempts.Find(key) is { } attempt)
        {
            Publish(Failed(key, attempt), pods);
            if (partial)
            {
                return Result.Done;
            }

            await writer.WriteFailureAsync(key, image, attempt, cancel);
        }

        return Result.Done;
    }

    private async Task<Result> ReportAsync(
        ImageKey key, string image, ComponentInventory inventory, IReadOnlyList<RunningPod> pods, bool partial, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(environment.Time.GetUtcNow().UtcDateTime);
        var result = matcher.Match(inventory, today);
        var pressing = FindingSummary.Pressing(result?.Findings ?? []);
        var lifecycles = result?.Lifecycles ?? [];
        var ended = new EndedSupport(lifecycles);
        var marks = policies.Marks;
        var hits = RuleMatcher.Match(policies.All, Subject(key, inventory, pressing, lifecycles, today));
        var resource = StableGeneration.Of(
            composer.Compose(key, image, inventory, result?.Generation, pressing, lifecycles, marks, HitLine.Write(hits)), written.Get(new ObjectKey(null, key.ResourceName)));
        Publish(
            new ImageFacts
            {
                Key = key,
                State = ImageState.Inventoried,
                Reason = nameof(ImageState.Inventoried),
                Generation = result?.Generation,
                Counts = resource.Report!.Counts!,
                Buckets = FindingSummary.Buckets(pressing, ended),
                Top = [.. pressing.Take(MostKept).Select(finding => PressingFinding.Of(finding, ended))],
                Findings = pressing.Length,
                Lifecycles = lifecycles,
                Acceptable = AcceptableFinding.Of(pressing, ended, exceptions.All),
                Hits = hits,
            },
            pods);
        if (partial)
        {
            return Result.Done;
        }

        await writer.WriteReportAsync(key, resource, result, cancel);
        return UntilNextEnd(lifecycles, today) is { } wait ? Result.After(wait) : Result.Done;
    }

    /// <summary>
    /// After a restart the object that is there stays until all pods are known: an image's name depends on all that run it. What is left over from
    /// before is looked at again then.
    /// </summary>
    private bool MayBePartial(ImageKey key) => !backlog.Done.IsCompleted && written.Get(new ObjectKey(null, key.ResourceName)) is not null;

    /// <summary>No pod runs it: the inventory is kept for a while, then it goes.</summary>
    private async Task<Result> RetireAsync(ImageKey key, CancellationToken cancel)
    {
        facts.Forget(key);
        attempts.Forget(key);
        var now = environment.Time.GetUtcNow();
        if (written.Get(new ObjectKey(null, key.ResourceName)) is not { } resource)
        {
            reader.Forget(key);
            return Result.Done;
        }

        var since = resource.Status?.UnusedSince ?? await writer.MarkUnusedAsync(resource, now, cancel);
        var left = since + retention - now;
        if (left > TimeSpan.Zero)
        {
            return Result.After(left);
        }

        await writer.DeleteAsync(resource, cancel);
        reader.Forget(key);
        return Result.Done;
    }

    private void Publish(ImageFacts now, IReadOnlyList<RunningPod> pods)
    {
        facts.Set(now);
        foreach (var workload in pods.Select(pod => pod.Workload).Distinct())
        {
            queues.Workloads.Add(workload);
        }
    }

    private static ImageFacts Failed(ImageKey key, InventoryAttempt attempt) => new()
    {
        Key = key,
        State = attempt.Reason == nameof(FailureReason.UnsupportedImage) ? ImageState.Unsupported : ImageState.Failed,
        Reason = attempt.Reason,
        Message = attempt.Message,
    };

    /// <summary>One name for the image, the same on every replica: the first by order.</summary>
    private static string NameOf(ImageKey key, IReadOnlyList<RunningPod> pods) =>
        pods.SelectMany(pod => pod.Containers).Where(container => container.Image == key).Min(container => container.Container.Image) ?? "";

    private PolicySubject Subject(
        ImageKey key, ComponentInventory inventory, ImmutableArray<Finding> pressing, ImmutableArray<LifecycleStatus> lifecycles, DateOnly today) => new(inventory, pressing, lifecycles)
    {
        Today = today,
        InventoriedOn = written.Get(new ObjectKey(null, key.ResourceName))?.Metadata.CreationTimestamp is { } made ? DateOnly.FromDateTime(made.UtcDateTime) : null,
    };

    /// <summary>The time until the next day on which a cycle's state changes by itself.</summary>
    private TimeSpan? UntilNextEnd(IEnumerable<LifecycleStatus> lifecycles, DateOnly today)
    {
        // Where a rule speaks of ages every day may be the one.
        var next = policies.All.Any(policy => policy.Rules.Any(rule => rule.DependsOnTheDay))
            ? today
            : lifecycles.Where(status => status.EndOfLife >= today).Min(status => status.EndOfLife);
        if (next is not { } day)
        {
            return null;
        }

        var change = new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        var wait = change - environment.Time.GetUtcNow();
        return wait < TimeSpan.FromDays(1) ? wait : TimeSpan.FromDays(1);
    }
}
