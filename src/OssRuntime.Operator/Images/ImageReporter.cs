using OssRuntime.Inventory.Failures;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Images;

/// <summary>Tells what is known of an image: to this process by its facts, to everybody by its object. What is known is told here before anything is written.</summary>
internal sealed class ImageReporter(
    ImageReader reader,
    ImageAssessor assessor,
    ImageWriter writer,
    InventoryAttempts attempts,
    FactsIndex facts,
    Store<ImageInventory> stored,
    VerifiedInventories verified,
    OperatorQueues queues)
{
    /// <summary>True where the image has an inventory in the store.</summary>
    public bool HasInventory(ImageKey key) => reader.Find(key) is not null;

    /// <summary>True where the image's last reading failed.</summary>
    public bool HasFailed(ImageKey key) => attempts.Find(key) is not null;

    /// <summary>Reports an image by its inventory, else by its last failure; of one that has neither there is nothing to report yet.</summary>
    /// <param name="key">The image.</param>
    /// <param name="image">Its name, the same on every replica.</param>
    /// <param name="pods">The pods that run it.</param>
    /// <param name="telling">Whom to tell.</param>
    /// <param name="unusedSince">Since when no pod runs it, or null.</param>
    /// <param name="cancel">Ends the writing.</param>
    public async Task<Result> ReportAsync(
        ImageKey key, string image, IReadOnlyList<RunningPod> pods, Telling telling, DateTimeOffset? unusedSince, CancellationToken cancel)
    {
        var name = new ObjectKey(null, key.ResourceName);
        if (reader.Find(key) is { } inventory)
        {
            DateOnly? since = stored.Get(name)?.Metadata.CreationTimestamp is { } made ? DateOnly.FromDateTime(made.UtcDateTime) : null;
            if (assessor.Assess(key, image, inventory, verified.Find(name), since) is not { } assessment)
            {
                return await ReportUnmatchedAsync(key, assessor.WithoutDatabase(key, image, inventory, verified.Find(name)), pods, telling, unusedSince, cancel);
            }

            Publish(assessment.Facts, pods);
            if (telling == Telling.ThisProcess)
            {
                return Result.Done;
            }

            await writer.WriteReportAsync(key, assessment.Resource, assessment.Result, cancel, unusedSince);
            return assessment.LookAgain is { } wait ? Result.After(wait) : Result.Done;
        }

        if (attempts.Find(key) is { } attempt)
        {
            var state = attempt.Reason == nameof(FailureReason.UnsupportedImage) ? ImageState.Unsupported : ImageState.Failed;
            Publish(RememberedFacts.Of(key, state, attempt.Reason, attempt.Message, verified.Find(name)?.Report), pods);
            if (telling == Telling.Everybody)
            {
                await writer.WriteFailureAsync(key, image, attempt, cancel, unusedSince);
            }
        }

        return Result.Done;
    }

    private async Task<Result> ReportUnmatchedAsync(
        ImageKey key, UnmatchedImage unmatched, IReadOnlyList<RunningPod> pods, Telling telling, DateTimeOffset? unusedSince, CancellationToken cancel)
    {
        Publish(unmatched.Facts, pods);
        if (telling == Telling.ThisProcess)
        {
            return Result.Done;
        }

        if (unmatched.Wait > TimeSpan.Zero)
        {
            return Result.After(unmatched.Wait);
        }

        await writer.WriteUnmatchedAsync(key, unmatched.Resource, unmatched.Facts.Message, cancel, unusedSince);
        return Result.Done;
    }

    /// <summary>Lets everything go that is known of the image here.</summary>
    public void Forget(ImageKey key)
    {
        facts.Forget(key);
        attempts.Forget(key);
        reader.Forget(key);
    }

    private void Publish(ImageFacts now, IReadOnlyList<RunningPod> pods)
    {
        facts.Set(now);
        queues.AddWorkloadsOf(pods);
    }
}
