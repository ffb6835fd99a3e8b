using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using OssRuntime.Exposure.Pods;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Registry;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Hosting;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Model.Images;
using OssRuntime.Operator.Images;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Metrics;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.UnknownImages;

/// <summary>
/// Finds out what the images are that were asked for at admission. It runs on every replica, since each answers for itself what a name stands for:
/// <code>
///   UnknownImageQueue ─ name ─► registry: digest for each platform of the nodes ─► an ImageInventory without content ─► (leader) InventoryReconciler
///                                └ no such image, no answer: remembered, tried again later
/// </code>
/// An object is written only for what a registry has. The leader reads it first in line; every replica learns the verdict from the object, as always.
/// </summary>
internal sealed partial class UnknownImageController(
    UnknownImageQueue queue,
    UnknownImageLimits limits,
    RegistryClient registries,
    PullSecrets secrets,
    Store<NodeView> nodes,
    VerifiedInventories images,
    SealKeys keys,
    ReportSeal seal,
    ResourceClient<ImageInventory> client,
    UnknownImageMetrics metrics,
    ControllerEnvironment environment) : IController
{
    private const int Workers = 2;
    private const int MostPlatforms = 4;

    private readonly ILogger _logger = environment.Loggers.CreateLogger<UnknownImageController>();

    public string Name => "newcomers";

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync(cancellationToken)));

    private async Task WorkAsync(CancellationToken cancel)
    {
        while (true)
        {
            var newcomer = await queue.TakeAsync(cancel);
            try
            {
                queue.Found(newcomer, await LookAsync(newcomer, cancel));
                metrics.Ended("found");
            }
            catch (InventoryException error)
            {
                queue.Failed(newcomer, $"{error.Failure.Reason}: {error.Failure.Message}", error.Failure.RetryAfter);
                metrics.Ended("failed");
                Log.NotFound(_logger, newcomer.Name, error.Failure.Reason.ToString(), error.Failure.Message);
            }
            catch (Exception error) when (!cancel.IsCancellationRequested)
            {
                // Whatever it was: the next one is looked at, and this one later.
                queue.Failed(newcomer, "the API server does not answer as it should");
                metrics.Ended("failed");
                Log.NotFound(_logger, newcomer.Name, "Kubernetes", error.Message);
            }

            await Task.Delay(limits.Pace * Workers, environment.Time, cancel);
        }
    }

    private async Task<Digest> LookAsync(UnknownImage newcomer, CancellationToken cancel)
    {
        var credentials = await secrets.OfAsync([newcomer.Pull], cancel);
        var image = new RegistryImage(newcomer.Image, registries, credentials);
        Digest? digest = null;
        InventoryException? last = null;
        foreach (var platform in nodes.Snapshot().Select(node => node.Platform).OfType<Platform>().Where(platform => platform.Os == "linux").Distinct().Take(MostPlatforms))
        {
            try
            {
                var manifest = await image.ResolveAsync(platform, cancel);
                digest = newcomer.Image.Digest ?? manifest.Index ?? manifest.Digest;
                await WriteAsync(new ImageKey(digest.Value, platform), newcomer, cancel);
            }
            catch (InventoryException error) when (error.Failure.Reason is FailureReason.PlatformNotFound)
            {
                last = error;
            }
        }

        return digest ?? throw last ?? new InventoryException(FailureReason.PlatformNotFound, "no node has told its platform yet");
    }

    private async Task WriteAsync(ImageKey key, UnknownImage newcomer, CancellationToken cancel)
    {
        var name = new ObjectKey(null, key.ResourceName);
        if (images.Find(name) is not null)
        {
            return;
        }

        // Whoever uses up his namespace's share leaves the others theirs.
        var asked = images.All
            .Where(image => image.Report is null || image.Status?.UnusedSince is not null)
            .Select(image => AskedFor.Of(image, keys)?.Pull.Namespace)
            .OfType<string>()
            .ToList();
        var own = asked.Count(@namespace => @namespace == newcomer.Pull.Namespace);
        if (asked.Count >= limits.Objects || own >= limits.ObjectsOfNamespace)
        {
            throw new InventoryException(FailureReason.LimitExceeded, $"{asked.Count} images that nobody runs were asked for already, {own} of them by this namespace");
        }

        var empty = ImageReportComposer.Empty(key, newcomer.Name);
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [AskedFor.Annotation] = AskedFor.Write(newcomer.Pull, empty.Spec, keys) };
        if (seal.Next(name, empty, null) is { } mark)
        {
            annotations[ReportSeal.Annotation] = mark;
        }

        var wished = empty with { Metadata = empty.Metadata with { Annotations = annotations } };
        try
        {
            var made = await client.CreateAsync(null, wished, ResourceJson.Default.ImageInventory, cancel);
            if (!seal.Holds(made) && seal.Next(name, empty, made) is { } again)
            {
                // The server's clock is far from ours.
                var patch = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [ReportSeal.Annotation] = again } } };
                await client.PatchAsync(name, Encoding.UTF8.GetBytes(patch.ToJsonString()), cancel);
            }
        }
        catch (ApiException error) when (error.IsAlreadyExists)
        {
            // Another replica was asked too. What somebody else made goes, by the leader.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Image}, asked for at admission, was not found: {Reason}: {Message}")]
        public static partial void NotFound(ILogger logger, string image, string reason, string message);
    }
}
