using OssRuntime.Advisories.Matching;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Apply;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Operator.Integrity;
using OssRuntime.Model.Coverage;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Knowledge;
using OssRuntime.Operator.Metrics;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Images;

/// <summary>Writes ImageInventory objects: content, conditions, and an event where the reason of a failure is new.</summary>
internal sealed class ImageWriter(
    Applier<ImageInventory> applier, Store<ImageInventory> written, Seals seals, EventRecorder events, WriteMetrics metrics, TimeProvider time)
{
    private readonly SealedApplier<ImageInventory> _sealed = new(applier, seals.Reports, ResourceJson.Default.ImageInventory);

    public Task WriteReportAsync(ImageKey key, ImageInventory resource, MatchResult result, CancellationToken cancel, DateTimeOffset? unusedSince = null) =>
        metrics.WatchAsync(ImageInventory.Resource.Kind, NameOf(key), () => WriteAsync(key, resource, result.Checked, "", unusedSince, cancel));

    /// <summary>Writes what is known of an image while there is no database to match it against: a report of before stays and is said to be stale.</summary>
    public Task WriteUnmatchedAsync(ImageKey key, ImageInventory resource, string message, CancellationToken cancel, DateTimeOffset? unusedSince = null) =>
        metrics.WatchAsync(ImageInventory.Resource.Kind, NameOf(key), async () =>
        {
            var before = written.Get(NameOf(key))?.Status?.Conditions.FirstOrDefault(condition => condition.Type == ConditionType.Matched);
            var stale = resource.Report!.Generation is { } generation ? $"stale: {message}; the report is of an earlier database, generation {generation}" : message;
            await WriteAsync(key, resource, null, stale, unusedSince, cancel);
            if (before?.Reason != DatabaseAbsence.Reason && written.Get(NameOf(key)) is { } applied)
            {
                events.Record(EventSubject.Of(ImageInventory.Resource, applied), EventType.Warning, DatabaseAbsence.Reason, stale, "Match");
            }
        });

    // Either how much was checked, or why nothing could be matched now.
    private async Task WriteAsync(ImageKey key, ImageInventory resource, CheckCoverage? coverage, string stale, DateTimeOffset? unusedSince, CancellationToken cancel)
    {
        var applied = await ApplyAsync(key, resource, cancel);
        var report = resource.Report!;
        var conditions = Conditions(key, applied)
            .Add(ConditionType.Inventoried, true, "ReadFrom" + report.Source, $"{report.Components} components")
            .AddTruncated(report.Counts is not null, report.Cut, "ByteBudget", $"{report.Cut} findings are not listed");
        _ = coverage is null
            ? conditions.Add(ConditionType.Matched, false, DatabaseAbsence.Reason, stale)
            : conditions.AddMatched(coverage.State, coverage.Sentence);
        await ApplyStatusAsync(key, applied, new ImageStatus { Conditions = conditions.Build(), UnusedSince = unusedSince }, cancel);
    }

    public Task WriteFailureAsync(ImageKey key, string image, InventoryAttempt attempt, CancellationToken cancel, DateTimeOffset? unusedSince = null) =>
        metrics.WatchAsync(ImageInventory.Resource.Kind, NameOf(key), () => WriteAsync(key, image, attempt, unusedSince, cancel));

    private async Task WriteAsync(ImageKey key, string image, InventoryAttempt attempt, DateTimeOffset? unusedSince, CancellationToken cancel)
    {
        var before = written.Get(NameOf(key));

        // What was found before the store was lost stays: the bytes behind a digest do not change, and a report never goes before its successor is there.
        // It is judged by no policy from now on: what breaks rules is shown on, and admission treats it as not judged. One that somebody else wrote is left
        // as it is, and is not made our own.
        var report = seals.Inventories.Find(NameOf(key))?.Report;
        var applied = await ApplyAsync(key, ImageReportComposer.Empty(key, image) with { Report = report is null ? null : report with { Policies = [] } }, cancel);
        var foreign = report is null && applied?.Report is not null;
        var conditions = Conditions(key, applied)
            .Add(ConditionType.Inventoried, false, attempt.Reason, attempt.Message)
            .Add(ConditionType.Matched, false, "NoInventory", foreign ? "the report is not ours: an older version or somebody else wrote it, and nothing goes by it"
                : report is null ? "there is nothing to match" : "the report is of an earlier reading")
            .Build();
        await ApplyStatusAsync(key, applied, new ImageStatus { Conditions = conditions, UnusedSince = unusedSince }, cancel);
        if (applied is not null && before?.Status?.Conditions.FirstOrDefault(c => c.Type == ConditionType.Inventoried)?.Reason != attempt.Reason)
        {
            events.Record(EventSubject.Of(ImageInventory.Resource, applied), EventType.Warning, attempt.Reason, $"{image}: {attempt.Message}", "Inventory");
        }
    }

    public async Task<DateTimeOffset> MarkUnusedAsync(ImageInventory resource, DateTimeOffset now, CancellationToken cancel)
    {
        // Servers before 1.22 make null of an empty list that somebody else owns too, and refuse that.
        var status = seals.Reports.StatusOf(resource) ?? new ImageStatus
        {
            Conditions = new ConditionList(null, resource.Metadata.Generation, now).Add(ConditionType.Inventoried, null, nameof(ImageState.Pending), "the image is looked at").Build(),
        };
        await ApplyStatusAsync(resource.Key, resource, status with { UnusedSince = now, ContentHash = null }, cancel);
        return now;
    }

    public Task DeleteAsync(ImageInventory resource, CancellationToken cancel) => applier.DeleteAsync(resource.Key, cancel);

    private Task<ImageInventory?> ApplyAsync(ImageKey key, ImageInventory resource, CancellationToken cancel) => _sealed.ApplyAsync(NameOf(key), resource, cancel);

    private Task ApplyStatusAsync(ImageKey key, ImageInventory? applied, ImageStatus status, CancellationToken cancel) => ApplyStatusAsync(NameOf(key), applied, status, cancel);

    private Task ApplyStatusAsync(ObjectKey name, ImageInventory? applied, ImageStatus status, CancellationToken cancel)
    {
        var observed = status with { ObservedGeneration = applied?.Metadata.Generation };
        return applier.ApplyStatusAsync(
            name,
            applied is null ? observed : seals.Reports.Seal(observed, applied.Metadata),
            ResourceJson.Default.ImageStatus,
            cancel,
            mistrusted: written.Get(name) is { Status: not null } stored && seals.Reports.StatusOf(stored) is null);
    }

    private ConditionList Conditions(ImageKey key, ImageInventory? now) =>
        new(written.Get(NameOf(key))?.Status?.Conditions, now?.Metadata.Generation, time.GetUtcNow());

    private static ObjectKey NameOf(ImageKey key) => new(null, key.ResourceName);
}
