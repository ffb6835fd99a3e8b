using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Images;

/// <summary>
/// The images that no pod runs, or none yet: each is kept for a while, since it may be wanted at admission any time, and its findings are kept current. Then it goes.
/// </summary>
internal sealed class UnusedImages(
    Store<ImageInventory> stored, Seals seals, ImageReporter reporter, ImageWriter writer, OperatorQueues queues, TimeProvider time, TimeSpan retention)
{
    public async Task<Result> KeepAsync(ImageKey key, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (stored.Get(new ObjectKey(null, key.ResourceName)) is not { } resource)
        {
            reporter.Forget(key);
            return Result.Done;
        }

        // What somebody else made is believed in nothing but its digest, and only where the store knows that.
        var verified = seals.Inventories.Find(resource.Key);
        var known = reporter.HasInventory(key);
        var since = seals.Reports.StatusOf(resource)?.UnusedSince ?? await writer.MarkUnusedAsync(resource, now, cancel);
        var left = since + retention - now;
        if (left <= TimeSpan.Zero || (verified is null && !known))
        {
            return await LetGoAsync(key, resource, cancel);
        }

        if (!known && !reporter.HasFailed(key))
        {
            return await ReadAgainAsync(key, verified!, left, cancel);
        }

        var next = await reporter.ReportAsync(key, verified?.Spec.Image ?? "", [], Telling.Everybody, since, cancel);
        return Result.After(next.Delay < left ? next.Delay.Value : left);
    }

    /// <summary>
    /// The store was lost. Without an inventory what the object says can't be kept current, and nobody may be let in for what was true once: it is read again, or,
    /// where nobody knows how, forgotten until it is asked for.
    /// </summary>
    private async Task<Result> ReadAgainAsync(ImageKey key, ImageInventory resource, TimeSpan left, CancellationToken cancel)
    {
        if (AskedFor.Of(resource, seals.Keys) is null)
        {
            return await LetGoAsync(key, resource, cancel);
        }

        queues.Inventories.Add(key, Lane.Low);
        return Result.After(left);
    }

    private async Task<Result> LetGoAsync(ImageKey key, ImageInventory resource, CancellationToken cancel)
    {
        await writer.DeleteAsync(resource, cancel);
        reporter.Forget(key);
        return Result.Done;
    }
}
