using System.Security.Cryptography;
using OssRuntime.Advisories.Adoption;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Files;
using ZstdSharp;

namespace OssRuntime.Advisories.Distribution;

/// <summary>
/// Brings databases to registries and from there.
/// <code>
///   push:  file ─► verify ─► zstd ─► blob ─► manifest with annotations ─► signature ─► tag
///   pull:  tag ─► manifest ─► signature? ─► same generation? ─► blob, its digest and length ─► unzstd beside the target
///              ─► open, verify every byte, same generation as announced? ─► rules of adoption ─► rename
/// </code>
/// Whatever fails leaves the target as it was.
/// </summary>
public static class DatabaseShipping
{
    private const int Level = 9;
    private const int Chunk = 1 << 16;
    private const long LargestPacked = 2L << 30;
    private const long LargestFile = 8L << 30;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly byte[] EmptyConfig = "{}"u8.ToArray();

    /// <summary>Pushes a database.</summary>
    /// <param name="file">The file.</param>
    /// <param name="repository">Where to.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="privateKey">The key to sign with, in PEM, or null.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends it; the tag is the last that is written.</param>
    /// <exception cref="AdvisoryDatabaseException">The file is no whole database.</exception>
    /// <exception cref="ArtifactException">The registry does not take it.</exception>
    public static async Task<DatabaseManifest> PushAsync(
        string file, IArtifactRepository repository, string tag, string? privateKey, TimeProvider time, CancellationToken cancellation)
    {
        using var work = await WorkLock.TakeAsync(file, "pushing the database to a registry", time, Patience, cancellation);
        using var database = AdvisoryDatabase.Open(file);
        using var packed = new TemporaryFile(file);
        await PackAsync(file, packed.Path, cancellation);
        using var layer = File.OpenRead(packed.Path);
        var digest = $"sha256:{Convert.ToHexStringLower(await SHA256.HashDataAsync(layer, cancellation))}";
        var manifest = DatabaseManifest.Of(database.Info, digest, layer.Length);
        manifest = privateKey is null ? manifest : DatabaseSignature.Sign(manifest, privateKey);
        await repository.PutBlobAsync(DatabaseManifest.EmptyConfig, EmptyConfig.Length, () => new MemoryStream(EmptyConfig), cancellation);
        await repository.PutBlobAsync(digest, layer.Length, () => File.OpenRead(packed.Path), cancellation);
        await repository.PutManifestAsync(tag, DatabaseManifest.MediaType, manifest.Write(), cancellation);
        return manifest;
    }

    /// <summary>Pulls a database from the first of several mirrors that has it, and puts it at <paramref name="target"/>.</summary>
    /// <returns>What became of it: the manifest, and whether the target was replaced or had this generation already.</returns>
    /// <exception cref="ArtifactException">No mirror has it, or it is refused; the message says why for each.</exception>
    public static async Task<(DatabaseManifest Manifest, bool Replaced)> PullAsync(
        IReadOnlyList<(IArtifactSource Repository, string Reference)> mirrors, string target, PullOptions options, TimeProvider time, CancellationToken cancellation)
    {
        using var work = await WorkLock.TakeAsync(target, "pulling a database from a registry", time, Patience, cancellation);
        var reasons = new List<string>();
        foreach (var (repository, reference) in mirrors)
        {
            try
            {
                return await PullAsync(repository, reference, target, options, time.GetUtcNow(), cancellation);
            }
            catch (Exception exception) when (exception is ArtifactException or AdvisoryDatabaseException or IOException or ZstdException)
            {
                reasons.Add($"{repository.Name}: {exception.Message}");
            }
        }

        throw new ArtifactException(string.Join("; ", reasons));
    }

    private static async Task<(DatabaseManifest, bool)> PullAsync(
        IArtifactSource repository, string reference, string target, PullOptions options, DateTimeOffset now, CancellationToken cancellation)
    {
        var manifest = DatabaseManifest.Read(await repository.GetManifestAsync(reference, cancellation));
        if (options.PublicKey is { } key && DatabaseSignature.Refuse(manifest, key) is { } untrusted)
        {
            throw new ArtifactException($"refused: {untrusted}");
        }

        using var current = Current(target);
        if (current is not null && current.Generation == manifest.Generation)
        {
            return (manifest, false);
        }

        if (manifest.LayerLength > LargestPacked)
        {
            throw new ArtifactException($"the artifact is larger than {LargestPacked >> 20} MiB");
        }

        using var packed = new TemporaryFile(target);
        using var file = new TemporaryFile(target);
        await DownloadAsync(repository, manifest, packed.Path, cancellation);
        await UnpackAsync(packed.Path, file.Path, cancellation);
        Inspect(file.Path, manifest, current, options, now);
        file.MoveTo(target);
        return (manifest, true);
    }

    /// <summary>The database in use; null where there is none, or none that can be read, which anything may replace.</summary>
    private static AdvisoryDatabase? Current(string target)
    {
        try
        {
            return File.Exists(target) ? AdvisoryDatabase.Open(target) : null;
        }
        catch (Exception exception) when (exception is AdvisoryDatabaseException or IOException)
        {
            return null;
        }
    }

    private static void Inspect(string file, DatabaseManifest manifest, AdvisoryDatabase? current, PullOptions options, DateTimeOffset now)
    {
        using var next = AdvisoryDatabase.Open(file);
        if (next.Generation != manifest.Generation)
        {
            throw new ArtifactException($"refused: the artifact is labelled generation {manifest.Generation}, but the file in it is generation {next.Generation}");
        }

        if (options.Force)
        {
            return;
        }

        if (current is not null && AdoptionRules.Refuse(current.Info, next.Info, now) is { } reason)
        {
            throw new ArtifactException($"refused: {reason}");
        }

        var age = now - next.Info.NewestRecord;
        if (age > options.GreatestAge || (age is null && options.GreatestAge is not null))
        {
            throw new ArtifactException($"refused: its newest record is from {next.Info.NewestRecord:u}, which is more than {options.GreatestAge.Value.TotalDays:0.#} days ago");
        }

        if (age < options.LeastAge)
        {
            throw new ArtifactException($"refused: its newest record is from {next.Info.NewestRecord:u}, which is less than {options.LeastAge.Value.TotalHours:0.#} hours ago");
        }
    }

    private static async Task DownloadAsync(IArtifactSource repository, DatabaseManifest manifest, string path, CancellationToken cancellation)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite);
        await repository.CopyBlobAsync(manifest.Layer, manifest.LayerLength, file, cancellation);
        file.Position = 0;
        if (file.Length != manifest.LayerLength || $"sha256:{Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation))}" != manifest.Layer)
        {
            throw new ArtifactException("the artifact was altered or cut off during the download: its digest does not match");
        }
    }

    private static async Task PackAsync(string file, string packed, CancellationToken cancellation)
    {
        using var source = File.OpenRead(file);
        using var target = File.Create(packed);
        using var zstd = new CompressionStream(target, Level);
        await source.CopyToAsync(zstd, cancellation);
    }

    private static async Task UnpackAsync(string packed, string file, CancellationToken cancellation)
    {
        using var source = new DecompressionStream(File.OpenRead(packed), leaveOpen: false);
        using var target = File.Create(file);
        var buffer = new byte[Chunk];
        long total = 0;
        int read;
        while ((read = await source.ReadAsync(buffer, cancellation)) > 0)
        {
            total += read;
            if (total > LargestFile)
            {
                throw new ArtifactException($"the artifact unpacks to more than {LargestFile >> 20} MiB");
            }

            await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }
    }
}
