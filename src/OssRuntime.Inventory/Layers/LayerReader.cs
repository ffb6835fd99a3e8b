using System.Text;
using OssRuntime.Inventory.Blobs;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Paths;
using OssRuntime.Inventory.Tar;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Layers;

/// <summary>
/// Turns the blob of one layer into its index:
/// <code>
///  blob ─► BlobReader ─► LayerCompression ─► TarWalker ─► LayerIndexBuilder ─► LayerIndex
///          hash, size    gzip zstd plain     entries      extractors
/// </code>
/// One pass, one thread, a buffer of 64 KiB at each step. A second pass follows only where links lead to files that the first one had
/// no reason to read.
/// </summary>
internal sealed class LayerReader
{
    private const string WhiteoutPrefix = ".wh.";
    private const int AnyoneExecutes = 0b001_001_001;

    private readonly Digest _digest;
    private readonly long _size;
    private readonly ContentLimits _limits;
    private readonly ReadingMeter _meter;
    private readonly CancellationToken _cancellation;
    private readonly LayerIndexBuilder _builder;
    private long _inflated;

    /// <summary>Begins the reading of one layer.</summary>
    /// <param name="digest">What the blob must hash to.</param>
    /// <param name="size">How long it must be; negative where nobody said.</param>
    /// <param name="catalog">Who reads its files.</param>
    /// <param name="limits">What it may cost.</param>
    /// <param name="image">What the image's other layers used up.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public LayerReader(
        Digest digest, long size, ExtractorCatalog catalog, ContentLimits limits, ImageBudget image, CancellationToken cancellation)
    {
        _digest = digest;
        _size = size;
        _limits = limits;
        _meter = new ReadingMeter(image);
        _cancellation = cancellation;
        _builder = new LayerIndexBuilder(catalog, limits, _meter, cancellation);
    }

    private static ReadOnlySpan<byte> Whiteout => ".wh."u8;

    private static ReadOnlySpan<byte> Opaque => ".wh..wh..opq"u8;

    /// <summary>True where links are left whose targets take a second pass.</summary>
    public bool NeedsSecondPass => _builder.NeedsSecondPass;

    /// <summary>Reads the blob from its start to its end, verifies it, and disposes it.</summary>
    /// <param name="blob">The bytes.</param>
    /// <param name="progress">Is told how many of them were read.</param>
    /// <exception cref="InventoryException">The layer cannot be read.</exception>
    public void FirstPass(Stream blob, IProgress<long>? progress) => _inflated = Walk(blob, progress, walker => Add(walker, _builder));

    /// <summary>Reads the same blob again for what links lead to.</summary>
    /// <exception cref="InventoryException">The layer cannot be read.</exception>
    public void SecondPass(Stream blob) => Walk(blob, null, walker => AddTarget(walker, _builder));

    /// <summary>The index of what was read.</summary>
    public LayerIndex Finish() => _builder.Build(_inflated);

    private static void AddTarget(TarWalker walker, LayerIndexBuilder builder)
    {
        if (walker.Type != TarEntryType.File)
        {
            return;
        }

        var path = Encoding.UTF8.GetString(walker.Path);
        var links = builder.Pending.Resolve(path);
        if (!builder.DirectoryLinks.IsEmpty)
        {
            links = [.. links, .. builder.DirectoryLinks.NamesOf(path).Where(name => builder.WantsBehindLink(path, name))];
        }

        if (links.Count == 1)
        {
            builder.AddLinkTarget(links[0], walker.Size, walker.Content);
        }
        else if (links.Count > 1)
        {
            using var shared = builder.Share(links[0], walker.Size, walker.Content);
            foreach (var link in links)
            {
                builder.AddLinkTarget(link, walker.Size, shared.Open());
            }
        }
    }

    private static void Add(TarWalker walker, LayerIndexBuilder builder)
    {
        var path = walker.Path;
        if (path.IsEmpty)
        {
            if (walker.IsPathTooLong)
            {
                builder.AddUnknown("", "a path is longer than the limit allows");
            }

            return;
        }

        if (walker.LeavesRoot)
        {
            builder.AddUnknown(Encoding.UTF8.GetString(path), "its path in the layer leads out of the root; it counts as being here");
        }

        var name = LayerPath.FileName(path);
        if (name.StartsWith(Whiteout))
        {
            AddWhiteout(path, name, builder);
            return;
        }

        switch (walker.Type)
        {
            case TarEntryType.File:
                builder.AddFile(path, walker.Size, (walker.Mode & AnyoneExecutes) != 0, walker.Content);
                break;
            case TarEntryType.HardLink:
                builder.AddLink(path, Target(walker.LinkTarget), isSymbolic: false);
                break;
            case TarEntryType.SymbolicLink:
                builder.AddLink(path, SymbolicTarget(path, walker.LinkTarget), isSymbolic: true);
                break;
            case TarEntryType.Sparse:
                builder.AddOther(path, "it is stored as a sparse file");
                break;
            case TarEntryType.Other:
                builder.AddOther(path, reason: null);
                break;
            case TarEntryType.Directory:
                builder.AddDirectory(path);
                break;
            default:
                break;
        }
    }

    private static void AddWhiteout(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name, LayerIndexBuilder builder)
    {
        var directory = Encoding.UTF8.GetString(LayerPath.Directory(path));
        if (name.SequenceEqual(Opaque))
        {
            builder.AddOpaque(directory);
        }
        else if (!name.StartsWith(".wh..wh."u8))
        {
            // What begins with two prefixes is bookkeeping of aufs and no deletion.
            var deleted = Encoding.UTF8.GetString(name)[WhiteoutPrefix.Length..];
            builder.AddWhiteout(directory.Length == 0 ? deleted : $"{directory}/{deleted}");
        }
    }

    private static byte[] Target(ReadOnlySpan<byte> raw)
    {
        var normal = new byte[raw.Length];
        return normal[..LayerPath.Normalize(raw, normal)];
    }

    private static byte[] SymbolicTarget(ReadOnlySpan<byte> path, ReadOnlySpan<byte> raw) =>
        raw.StartsWith("/"u8) ? Target(raw) : Target([.. LayerPath.Directory(path), (byte)'/', .. raw]);

    private long Walk(Stream source, IProgress<long>? progress, Action<TarWalker> visit)
    {
        _meter.Begin();
        using var blob = new BlobReader(source, _digest, _size, progress) { Meter = _meter };
        var budget = new ContentBudget(_limits, blob, _meter);
        try
        {
            var inflated = LayerCompression.Open(blob);

            // What is not compressed is the blob itself, which is still to be verified.
            using var decompressor = ReferenceEquals(inflated, blob) ? null : inflated;
            using var walker = new TarWalker(inflated, budget, _cancellation);
            while (walker.MoveNext())
            {
                visit(walker);
            }
        }
        catch (InventoryException error) when (error.Failure.Reason is FailureReason.LayerCorrupt or FailureReason.LimitExceeded)
        {
            // Bytes that went wrong on their way may be right the next time; a layer that was built wrong never will. Nor may one registry that sends
            // something else in a layer's place decide for all others that have it.
            blob.Verify();
            throw;
        }

        blob.Verify();
        return budget.Inflated;
    }
}
