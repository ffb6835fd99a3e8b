using OssRuntime.Advisories.Matching;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Watching;
using OssRuntime.Kubernetes.Writing;
using OssRuntime.Operator.Reports;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.Images;

/// <summary>Writes ImageInventory objects: content, conditions, and an event where the reason of a failure is new.</summary>
internal sealed class ImageWriter(Applier<ImageInventory> applier, Store<ImageInventory> written, EventRecorder events, TimeProvider time)
{
    public async Task WriteReportAsync(ImageKey key, ImageInventory resource, MatchResult? result, CancellationToken cancel, DateTimeOffset? unusedSince = null)
    {
        var applied = await ApplyAsync(key, resource, cancel);
        var cut = resource.Report!.Cut;
        var conditions = Conditions(key, applied)
            .Add(ConditionType.Inventoried, true, "ReadFrom" + resource.Report.Source, $"{resource.Report.Components} components")
            .Add(ConditionType.Truncated, cut > 0, cut > 0 ? "ByteBudget" : "Complete", cut > 0 ? $"{cut} findings are not listed" : "every finding is listed");
        _ = result switch
        {
            null => conditions.Add(ConditionType.Matched, false, "NoDatabase", "there is no advisory database yet"),
            { Uncovered.IsEmpty: true } => conditions.Add(ConditionType.Matched, true, "Matched", "matched against the advisory database"),
            _ => conditions.Add(
                ConditionType.Matched, true, "PartlyCovered", $"the database knows nothing of {string.Join(", ", result.Uncovered.Take(20))}"),
        };
        await ApplyStatusAsync(key, new ImageStatus { ObservedGeneration = applied?.Metadata.Generation, Conditions = conditions.Build(), UnusedSince = unusedSince }, cancel);
    }

    public async Task WriteFailureAsync(ImageKey key, string image, InventoryAttempt attempt, CancellationToken cancel, DateTimeOffset? unusedSince = null)
    {
        var before = written.Get(NameOf(key));

        // What was found before the store was lost stays: the bytes behind a digest do not change, and a report never goes before its successor is there.
        // Of one that somebody else wrote or changed nobody knows whether it was ever found.
        var report = before is { Drifted: false, Status.ObservedGeneration: not null } ? before.Report : null;
        var applied = await ApplyAsync(key, ImageReportComposer.Empty(key, image) with { Report = report }, cancel);
        var conditions = Conditions(key, applied)
            .Add(ConditionType.Inventoried, false, attempt.Reason, attempt.Message)
            .Add(ConditionType.Matched, false, "NoInventory", report is null ? "there is nothing to match" : "the report is of an earlier reading")
            .Build();
        await ApplyStatusAsync(key, new ImageStatus { ObservedGeneration = applied?.Metadata.Generation, Conditions = conditions, UnusedSince = unusedSince }, cancel);
        if (applied is not null && before?.Status?.Conditions.FirstOrDefault(c => c.Type == ConditionType.Inventoried)?.Reason != attempt.Reason)
        {
            events.Record(EventSubject.Of(ImageInventory.Resource, applied), EventType.Warning, attempt.Reason, $"{image}: {attempt.Message}", "Inventory");
        }
    }

    public async Task<DateTimeOffset> MarkUnusedAsync(ImageInventory resource, DateTimeOffset now, CancellationToken cancel)
    {
        await applier.ApplyStatusAsync(
            resource.Key,
            (resource.Status ?? new ImageStatus()) with { UnusedSince = now, ContentHash = null },
            ResourceJson.Default.ImageStatus,
            cancel);
        return now;
    }

    public Task DeleteAsync(ImageInventory resource, CancellationToken cancel) => applier.DeleteAsync(resource.Key, cancel);

    private async Task<ImageInventory?> ApplyAsync(ImageKey key, ImageInventory resource, CancellationToken cancel) =>
        (await applier.ApplyAsync(new Desired<ImageInventory>(NameOf(key), resource), ResourceJson.Default.ImageInventory, cancel)).Object;

    private Task ApplyStatusAsync(ImageKey key, ImageStatus status, CancellationToken cancel) =>
        applier.ApplyStatusAsync(NameOf(key), status, ResourceJson.Default.ImageStatus, cancel);

    private ConditionList Conditions(ImageKey key, ImageInventory? now) =>
        new(written.Get(NameOf(key))?.Status?.Conditions, now?.Metadata.Generation, time.GetUtcNow());

    private static ObjectKey NameOf(ImageKey key) => new(null, key.ResourceName);
}
