using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Failures;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Manifests;

/// <summary>
/// From a manifest or index to the image of one platform; the same way for registries, layouts and archives. Index in index is followed a
/// few steps, attestations are passed over, and what is no Linux image ends here with its reason.
/// </summary>
/// <param name="source">Where the image lies: manifests that an index names are read from it, and the configuration.</param>
internal sealed class ManifestResolver(IManifestSource source)
{
    private const int DeepestIndex = 4;
    private const int LargestConfig = 16 << 20;

    /// <summary>Resolves a document that was read already.</summary>
    /// <param name="content">Its bytes, verified.</param>
    /// <param name="descriptor">What it was asked for as.</param>
    /// <param name="wanted">The platform.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="InventoryException">There is no image for the platform, or none that can be read.</exception>
    public async Task<ImageManifest> ResolveAsync(byte[] content, BlobDescriptor descriptor, Platform wanted, CancellationToken cancellation)
    {
        Digest? index = null;
        Platform? platform = null;
        var attestations = ImmutableArray<BlobDescriptor>.Empty;
        for (var depth = 0; depth < DeepestIndex; depth++)
        {
            var document = ManifestDocument.Parse(content, descriptor.MediaType);
            if (!document.IsIndex)
            {
                return await ToImageAsync(document, descriptor.Digest, platform, cancellation) with { Index = index, Attestations = attestations };
            }

            index ??= descriptor.Digest;
            var entry = Choose(document, wanted);
            (descriptor, platform) = (entry.Manifest, entry.Platform);
            attestations = [.. document.Entries.Where(e => e.IsAttestation && e.AttestationOf == entry.Manifest.Digest).Select(e => e.Manifest)];
            content = await source.ReadManifestAsync(descriptor, cancellation);
        }

        throw new InventoryException(FailureReason.ManifestInvalid, $"index leads to index more than {DeepestIndex} times");
    }

    /// <summary>Holds a document against its descriptor.</summary>
    /// <exception cref="InventoryException">It is not the one that the descriptor names.</exception>
    public static void Verify(ReadOnlySpan<byte> content, BlobDescriptor descriptor)
    {
        var hash = descriptor.Digest.Algorithm == "sha512" ? SHA512.HashData(content) : SHA256.HashData(content);
        if (Convert.ToHexStringLower(hash) != descriptor.Digest.Hex)
        {
            throw new InventoryException(FailureReason.DigestMismatch, $"manifest {descriptor.Digest} has other content than its digest says");
        }
    }

    private static IndexEntry Choose(ManifestDocument index, Platform wanted)
    {
        var images = index.Entries.Where(e => !e.IsAttestation && e.Platform is not { Os: "unknown" }).ToList();
        var fitting = images.Where(e => e.Platform is not null && wanted.Accepts(e.Platform)).ToList();
        var choice = fitting.Find(e => e.Platform!.Variant == wanted.Variant) ?? fitting.FirstOrDefault()
            ?? (images is [{ Platform: null } only] ? only : null);
        if (choice is not null)
        {
            return choice;
        }

        if (images.Count > 0 && images.TrueForAll(e => e.Platform is { Os: "windows" }))
        {
            throw new InventoryException(FailureReason.UnsupportedImage, "the image is for Windows");
        }

        var offered = string.Join(", ", images.Select(e => e.Platform?.ToString() ?? "an unnamed platform").Distinct(StringComparer.Ordinal).Take(20));
        throw new InventoryException(FailureReason.PlatformNotFound, $"there is no image for {wanted}, only for {(offered.Length == 0 ? "nothing" : offered)}");
    }

    private async Task<ImageManifest> ToImageAsync(ManifestDocument manifest, Digest digest, Platform? platform, CancellationToken cancellation)
    {
        if (!MediaTypes.IsImageConfig(manifest.Config!.MediaType))
        {
            throw new InventoryException(
                FailureReason.UnsupportedImage, $"it is not a container image but an artifact of type '{manifest.ArtifactType ?? manifest.Config.MediaType}'");
        }

        foreach (var layer in manifest.Layers)
        {
            if (MediaTypes.RefuseLayer(layer.MediaType) is { } reason)
            {
                throw new InventoryException(FailureReason.UnsupportedImage, $"the image has {reason}");
            }
        }

        if (platform is { Os: not "linux" })
        {
            throw NotLinux(platform);
        }

        var config = await ReadConfigAsync(manifest.Config, isNeeded: platform is null, cancellation);
        platform ??= config.Platform;
        return platform is { Os: not "linux" }
            ? throw NotLinux(platform)
            : new ImageManifest(digest, platform, manifest.Layers) { History = config.History, BaseName = manifest.BaseName, BaseDigest = manifest.BaseDigest };
    }

    private static InventoryException NotLinux(Platform platform) => new(FailureReason.UnsupportedImage, $"the image is for {platform}");

    /// <summary>
    /// Empty where the configuration is gone or says nothing: the layers are what counts, and an image whose layers are known does not
    /// need a single blob any more. Broken ones matter only where the platform has to be read from them.
    /// </summary>
    private async Task<ImageConfig> ReadConfigAsync(BlobDescriptor config, bool isNeeded, CancellationToken cancellation)
    {
        try
        {
            using var content = await source.OpenBlobAsync(config, cancellation);
            var bytes = await BoundedRead.AllAsync(content, LargestConfig, "the image's configuration", cancellation);
            Verify(bytes, config);
            return ImageConfig.Parse(bytes);
        }
        catch (InventoryException e) when (e.Failure.Reason == FailureReason.BlobUnknown)
        {
            return ImageConfig.Empty;
        }
        catch (InventoryException e) when (!isNeeded && e.Failure.Reason is FailureReason.DigestMismatch or FailureReason.ManifestInvalid or FailureReason.LimitExceeded)
        {
            return ImageConfig.Empty;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            if (!isNeeded)
            {
                return ImageConfig.Empty;
            }

            // A text with half a surrogate pair is JSON to the parser and none to its reader.
            throw new InventoryException(FailureReason.ManifestInvalid, "the image's configuration is not JSON", e);
        }
    }
}
