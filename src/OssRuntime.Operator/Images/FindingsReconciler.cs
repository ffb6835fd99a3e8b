using System.Collections.Immutable;
using OssRuntime.Advisories.Vex;
using OssRuntime.Inventory.Failures;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Hosting;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Knowledge;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Operator.UnknownImages;
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
    VerifiedInventories own,
    SealKeys keys,
    ReportSeal seal,
    ControllerEnvironment environment,
    TimeSpan retention)
{
    private const int MostKept = 40;

    public async Task<Result> ReconcileAsync(ImageKey key, CancellationToken cancel)
    {
        // Asked before the pods are: those that come in between are no part of them.
        var partial = MayBePartial(key);
        var pods = running.Of(key);
        if (pods.Count > 0)
        {
            return await ReportAsync(key, NameOf(key, pods), pods, partial, null, cancel);
        }

        // Who knows only some of the pods concludes nothing from their silence; what is left over is looked at again.
        return partial ? Result.Done : await KeepAsync(key, cancel);
    }

    private async Task<Result> ReportAsync(
        ImageKey key, string image, IReadOnlyList<RunningPod> pods, bool partial, DateTimeOffset? unusedSince, CancellationToken cancel)
    {
        if (reader.Find(key) is { } inventory)
        {
            return await ReportAsync(key, image, inventory, pods, partial, unusedSince, cancel);
        }

        if (attempts.Find(key) is { } attempt)
        {
            Publish(Failed(key, attempt), pods);
            if (partial)
            {
                return Result.Done;
            }

            await writer.WriteFailureAsync(key, image, attempt, cancel, unusedSince);
        }

        return Result.Done;
    }

    private async Task<Result> ReportAsync(
        ImageKey key, string image, ComponentInventory inventory, IReadOnlyList<RunningPod> pods, bool partial, DateTimeOffset? unusedSince, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(environment.Time.GetUtcNow().UtcDateTime);
        var asked = new VexSubject(inventory, ImageReference.TryParse(image, out var reference, out _) ? $"{reference!.Registry}/{reference.Repository}" : null) { AskedFor = key.Digest };
        var result = matcher.Match(asked, reader.Attached(key), today);
        var pressing = FindingSummary.Pressing(result?.Findings ?? []);
        var lifecycles = result?.Lifecycles ?? [];
        var ended = new EndedSupport(lifecycles);
        var (all, marks) = policies.AllMarked;
        // Since when something is known, or can be mended, is believed where we wrote it.
        var name = new ObjectKey(null, key.ResourceName);
        var before = own.Find(name);
        var fixes = FixDays.Read(before?.Report?.Fixes).After(pressing, today, composer.FixBytes);
        var subject = new PolicySubject(inventory, pressing, lifecycles)
        {
            Today = today,
            InventoriedOn = written.Get(name)?.Metadata.CreationTimestamp is { } made ? DateOnly.FromDateTime(made.UtcDateTime) : null,
            FixSeenOn = fixes.Of,
            PublishedOn = matcher.PublishedOn,
        };
        var hits = RuleMatcher.Match(all, subject);
        var lines = HitLines.Of(hits, before?.Report?.Hits ?? [], environment.Time.GetUtcNow(), composer.HitBytes);
        // A policy that is not told of in full counts as one that has not judged the image, and without a database none has.
        var told = result is null ? [] : marks.Where((_, i) => !lines.CutPolicies.Contains(all[i].Name)).ToImmutableArray();
        var setAside = (result?.Findings.Length ?? 0) - pressing.Length;
        var resource = StableGeneration.Of(
            composer.Compose(key, image, inventory, result?.Generation, pressing, lifecycles, told, lines.Lines, fixes.Write(), setAside), before);
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

        await writer.WriteReportAsync(key, resource, result, cancel, unusedSince);
        return UntilNextEnd(lifecycles, today) is { } wait ? Result.After(wait) : Result.Done;
    }

    /// <summary>
    /// After a restart the object that is there stays until all pods are known: an image's name depends on all that run it. What is left over from
    /// before is looked at again then.
    /// </summary>
    private bool MayBePartial(ImageKey key) => !backlog.Done.IsCompleted && written.Get(new ObjectKey(null, key.ResourceName)) is not null;

    /// <summary>
    /// No pod runs it, or none yet: it is kept for a while, since it may be wanted at admission any time, and its findings are kept current. Then it goes.
    /// </summary>
    private async Task<Result> KeepAsync(ImageKey key, CancellationToken cancel)
    {
        var now = environment.Time.GetUtcNow();
        if (written.Get(new ObjectKey(null, key.ResourceName)) is not { } resource)
        {
            Forget(key);
            return Result.Done;
        }

        // What somebody else made is believed in nothing but its digest, and only where the store knows that.
        var mine = own.Find(resource.Key);
        var known = reader.Find(key) is not null;
        var since = seal.StatusOf(resource)?.UnusedSince ?? await writer.MarkUnusedAsync(resource, now, cancel);
        var left = since + retention - now;
        if (left <= TimeSpan.Zero || (mine is null && !known))
        {
            await writer.DeleteAsync(resource, cancel);
            Forget(key);
            return Result.Done;
        }

        if (!known && attempts.Find(key) is null)
        {
            return await ReadAgainAsync(key, mine!, left, cancel);
        }

        var next = await ReportAsync(key, mine?.Spec.Image ?? "", [], partial: false, since, cancel);
        return Result.After(next.Delay < left ? next.Delay.Value : left);
    }

    /// <summary>
    /// The store was lost. Without an inventory what the object says can't be kept current, and nobody may be let in for what was true once: it is read again, or,
    /// where nobody knows how, forgotten until it is asked for.
    /// </summary>
    private async Task<Result> ReadAgainAsync(ImageKey key, ImageInventory resource, TimeSpan left, CancellationToken cancel)
    {
        if (AskedFor.Of(resource, keys) is null)
        {
            await writer.DeleteAsync(resource, cancel);
            Forget(key);
            return Result.Done;
        }

        queues.Inventories.Add(key, Lane.Low);
        return Result.After(left);
    }

    private void Forget(ImageKey key)
    {
        facts.Forget(key);
        attempts.Forget(key);
        reader.Forget(key);
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
