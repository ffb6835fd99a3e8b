using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OssRuntime.Advisories.Vex;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Sboms.Discovery;
using OssRuntime.Inventory.Store;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.Images;

/// <summary>
/// Knows the VEX documents that are attached to images. An image never changes, and what is attached to it does: it is looked for from time to time and kept,
/// so that a new database asks no registry. Where a registry can't be asked, what was known before stays.
/// </summary>
/// <param name="options">Whose word counts; null where nothing is looked for.</param>
/// <param name="store">Where it is kept.</param>
/// <param name="interval">How often.</param>
/// <param name="environment">The clock.</param>
internal sealed partial class AttachedVexReader(
    AttachedVexOptions? options, IAttachedVexStore store, TimeSpan interval, ControllerEnvironment environment)
{
    private static readonly TimeSpan SoonAgain = TimeSpan.FromMinutes(5);

    private readonly ILogger _logger = environment.Loggers.CreateLogger<AttachedVexReader>();

    /// <summary>How long until an image is to be looked at again: zero for now, null for never.</summary>
    public TimeSpan? Due(ImageKey key)
    {
        if (options is null)
        {
            return null;
        }

        var left = store.GetVex(key.Digest, key.Platform, options.Version) is { } kept ? kept.LookedAt + interval - environment.Time.GetUtcNow() : TimeSpan.Zero;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }

    /// <summary>What is known to be attached to an image.</summary>
    public ImmutableArray<VexDocument> Of(ImageKey key) =>
        options is not null && store.GetVex(key.Digest, key.Platform, options.Version) is { Documents.IsEmpty: false } kept
            ? VexReader.ReadAll(kept.Documents.Select(document => (document.Name, document.Document)), reason => Log.Skipped(_logger, key.Digest.Value, reason))
            : [];

    /// <summary>Looks for what is attached to an image in the first place that answers.</summary>
    public async Task LookAsync(ImageKey key, IAsyncEnumerable<RegistryImage> places, CancellationToken cancel)
    {
        if (options is null)
        {
            return;
        }

        var now = environment.Time.GetUtcNow();
        var known = store.GetVex(key.Digest, key.Platform, options.Version);
        await foreach (var place in places)
        {
            if (await FindAsync(place, key, cancel) is not { IsComplete: true } found)
            {
                continue;
            }

            if (known is null || !known.HasSame(found.Documents))
            {
                Log.Found(_logger, key.Digest.Value, found.Documents.Length);
                found.Unknowns.ToList().ForEach(unknown => Log.Skipped(_logger, key.Digest.Value, unknown.Reason));
            }

            store.PutVex(key.Digest, key.Platform, options.Version, new KeptVex(now, found.Documents));
            return;
        }

        // Not at once again, and not as late as if it had been answered.
        store.PutVex(key.Digest, key.Platform, options.Version, new KeptVex(now - interval + (interval < SoonAgain ? interval : SoonAgain), known?.Documents ?? []));
    }

    private async Task<AttachedDocuments?> FindAsync(RegistryImage image, ImageKey key, CancellationToken cancel)
    {
        try
        {
            return await AttachedVex.FindAsync(image, await image.ResolveAsync(key.Platform, cancel), options!, cancel);
        }
        catch (InventoryException error)
        {
            Log.Skipped(_logger, key.Digest.Value, error.Failure.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Documents} trusted VEX documents are attached to image {Digest}")]
        public static partial void Found(ILogger logger, string digest, int documents);

        [LoggerMessage(2, LogLevel.Warning, "A VEX document attached to image {Digest} was ignored: {Reason}")]
        public static partial void Skipped(ILogger logger, string digest, string reason);
    }
}
