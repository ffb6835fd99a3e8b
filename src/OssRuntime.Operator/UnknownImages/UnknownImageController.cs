using Microsoft.Extensions.Logging;
using OssRuntime.Inventory.Failures;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Model.Images;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Metrics;

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
    UnknownImageQueue queue, UnknownImageFinder finder, UnknownImageWriter writer, UnknownImageLimits limits, UnknownImageMetrics metrics, ControllerEnvironment environment) : IController
{
    private const int Workers = 2;
    private const string NotGiven = "its registry did not give it; OssRuntime's log says why";

    private readonly ILogger _logger = environment.Loggers.CreateLogger<UnknownImageController>();

    public string Name => "unknown-images";

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync(cancellationToken)));

    private async Task WorkAsync(CancellationToken cancel)
    {
        while (true)
        {
            var unknown = await queue.TakeAsync(cancel);
            try
            {
                queue.Found(unknown, await LookAsync(unknown, cancel));
                metrics.Ended("found");
            }
            catch (InventoryException error)
            {
                queue.Failed(unknown, error.Failure.Message, error.Failure.RetryAfter);
                metrics.Ended("failed");
                Log.NotFound(_logger, unknown.Name, error.Failure.Reason.ToString(), error.Failure.Message);
            }
            catch (Exception error) when (!cancel.IsCancellationRequested)
            {
                // Whatever it was: the next one is looked at, and this one later.
                queue.Failed(unknown, NotGiven);
                metrics.Ended("failed");
                Log.NotFound(_logger, unknown.Name, "Kubernetes", error.Message);
            }

            await Task.Delay(limits.Pace * Workers, environment.Time, cancel);
        }
    }

    private async Task<Digest> LookAsync(UnknownImage unknown, CancellationToken cancel)
    {
        var images = await FindAsync(unknown, cancel);
        foreach (var image in images)
        {
            await writer.WriteAsync(image, unknown, cancel);
        }

        return images[^1].Digest;
    }

    // One reason for all: who may name images could else find out what listens where in the cluster's networks.
    private async Task<IReadOnlyList<ImageKey>> FindAsync(UnknownImage unknown, CancellationToken cancel)
    {
        try
        {
            return await finder.FindAsync(unknown, cancel);
        }
        catch (InventoryException error)
        {
            Log.NotGiven(_logger, unknown.Name, error.Failure.Reason.ToString(), error.Failure.Message);
            throw new InventoryException(error.Failure with { Message = NotGiven }, error);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Image {Image} was asked for at admission and could not be found: {Reason}: {Message}")]
        public static partial void NotFound(ILogger logger, string image, string reason, string message);

        [LoggerMessage(2, LogLevel.Information, "The registry of image {Image} did not give it: {Reason}: {Message}")]
        public static partial void NotGiven(ILogger logger, string image, string reason, string message);
    }
}
