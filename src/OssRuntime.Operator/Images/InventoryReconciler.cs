using Microsoft.Extensions.Logging;
using OssRuntime.Inventory.Failures;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Metrics;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Images;

/// <summary>
/// Sees to it that every image that runs, or was asked for at admission, has an inventory: from the store, else from its registry. What fails is tried again after a time
/// that grows, or that the registry asks for; what its bytes are to blame for waits for a new version of the extractors.
/// </summary>
internal sealed partial class InventoryReconciler(
    RunningPods running,
    Seals seals,
    ImageReader reader,
    FactsIndex facts,
    InventoryAttempts attempts,
    OperatorQueues queues,
    InventoryMetrics metrics,
    ControllerEnvironment environment)
    : IReconciler<ImageKey>
{
    private static readonly Backoff Backoff = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(30), 0.2);

    private static readonly TimeSpan LongestAdmission = TimeSpan.FromHours(1);
    private static readonly TimeSpan SoonestLook = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger = environment.Loggers.CreateLogger<InventoryReconciler>();

    public async Task<Result> ReconcileAsync(ImageKey key, CancellationToken cancel)
    {
        var pods = running.Of(key);
        var asked = pods.Count == 0 ? AskedBy(key) : null;
        if (pods.Count == 0 && asked is null)
        {
            queues.Findings.Add(key);
            return Result.Done;
        }

        var places = asked is not null ? new ImagePlaces([asked]) : ImagePlaces.Of(key, pods);
        if (reader.Find(key) is not null)
        {
            return await LookAgainAsync(key, places, cancel);
        }

        var attempt = attempts.Find(key);
        var now = environment.Time.GetUtcNow();
        if (attempt is { Retryable: false })
        {
            queues.Findings.Add(key);
            return Result.Done;
        }

        if (attempt is not null && now < attempt.NotBefore)
        {
            return Result.After(attempt.NotBefore - now);
        }

        if (attempt is null)
        {
            Announce(key, pods);
        }

        return await ReadAsync(key, places, attempt?.Failures ?? 0, cancel);
    }

    // Who asked at admission may have been refused: what his pod may pull with is used while it is being admitted, and not for as long as the object is there.
    private ImagePlace? AskedBy(ImageKey key) =>
        seals.Inventories.Find(new ObjectKey(null, key.ResourceName)) is { } resource && AskedFor.Of(resource, seals.Keys) is { } asked
            ? new ImagePlace(asked.Image, environment.Time.GetUtcNow() - resource.Metadata.CreationTimestamp > LongestAdmission ? asked.Pull.WithoutSecrets : asked.Pull)
            : null;

    /// <summary>What is in an image never changes; what is attached to it is looked for from time to time.</summary>
    private async Task<Result> LookAgainAsync(ImageKey key, ImagePlaces places, CancellationToken cancel)
    {
        if (reader.AttachedDue(key) == TimeSpan.Zero)
        {
            await reader.LookForAttachedAsync(key, places, cancel);
        }

        queues.Findings.Add(key);
        return UntilLook(key);
    }

    // A store that keeps nothing would have it looked for without end.
    private Result UntilLook(ImageKey key) => reader.AttachedDue(key) is { } due ? Result.After(due < SoonestLook ? SoonestLook : due) : Result.Done;

    private async Task<Result> ReadAsync(ImageKey key, ImagePlaces places, int failures, CancellationToken cancel)
    {
        var started = environment.Time.GetTimestamp();
        try
        {
            var inventory = await reader.ReadAsync(key, places, cancel);
            attempts.Forget(key);
            metrics.Inventoried("success", environment.Time.GetElapsedTime(started));
            metrics.Read(inventory.Cost.BytesRead);
            Log.Inventoried(_logger, key.Digest.Value, key.Platform.ToString(), inventory.Components.Length, inventory.Cost.Milliseconds);
            queues.Findings.Add(key);
            return UntilLook(key);
        }
        catch (InventoryException error)
        {
            var failure = error.Failure;
            metrics.Inventoried("failure", environment.Time.GetElapsedTime(started));
            var wait = Backoff.DelayAfter(failures + 1, environment.Random);
            var delay = failure.RetryAfter > wait ? failure.RetryAfter.Value : wait;
            var again = failure.Retryable || MayBeMended(failure.Reason);
            attempts.Set(
                key, new InventoryAttempt(failure.Reason.ToString(), failure.Message, again, failures + 1, environment.Time.GetUtcNow() + delay));
            Log.Failed(_logger, key.Digest.Value, key.Platform.ToString(), failure.Reason.ToString(), failure.Message);
            queues.Findings.Add(key);
            return again ? Result.After(delay) : Result.Done;
        }
    }

    /// <summary>What somebody may put right at any time: a pull secret, a permission, an image that is pushed again.</summary>
    private static bool MayBeMended(FailureReason reason) => reason is FailureReason.Unauthorized or FailureReason.Forbidden
        or FailureReason.ManifestUnknown or FailureReason.BlobUnknown or FailureReason.DigestMismatch;

    /// <summary>Its workloads show the image as pending while it is read, with what is still known of it.</summary>
    private void Announce(ImageKey key, IReadOnlyList<RunningPod> pods)
    {
        var earlier = seals.Inventories.Find(new ObjectKey(null, key.ResourceName))?.Report;
        facts.Set(RememberedFacts.Of(key, ImageState.Pending, nameof(ImageState.Pending), "the image waits to be read", earlier));
        queues.AddWorkloadsOf(pods);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Image {Digest} {Platform} was read: {Components} components in {Milliseconds} ms")]
        public static partial void Inventoried(ILogger logger, string digest, string platform, int components, long milliseconds);

        [LoggerMessage(2, LogLevel.Warning, "Image {Digest} {Platform} could not be read: {Reason}: {Message}")]
        public static partial void Failed(ILogger logger, string digest, string platform, string reason, string message);
    }
}
