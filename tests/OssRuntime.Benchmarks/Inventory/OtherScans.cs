using OssRuntime.Stage.Images;
using OssRuntime.Stage.Registries;
using static System.FormattableString;

namespace OssRuntime.Benchmarks.Inventory;

/// <summary>Scans other than cold ones from disk, and the start of the program.</summary>
/// <param name="candidate">What is measured.</param>
/// <param name="peer">What it is held against, or null.</param>
/// <param name="folder">For stores; emptied by who made it.</param>
/// <param name="rounds">How often.</param>
/// <param name="report">Takes the figures.</param>
internal sealed class OtherScans(Candidate candidate, Peer? peer, string folder, int rounds, Report report)
{
    /// <summary>The same layers compressed by zstd, against ourselves.</summary>
    public async Task ZstdAsync(BenchImage gzip, BenchImage zstd, CancellationToken cancellation)
    {
        report.Table("zstd", "The same layers compressed by zstd, in turns with the gzip ones.", "image", "gzip CPU s", "zstd CPU s", "zstd peak MiB", "zstd / gzip", "load");
        var contest = await Contest.RunAsync([candidate.Cold(gzip.Target).As("gzip"), candidate.Cold(zstd.Target).As("zstd")], Math.Min(rounds, 3), cancellation);
        var ratio = contest.Ratio("zstd", "gzip", trial => trial.Processor);
        report.Hold("zstd, CPU / gzip's", 0.65, gzip.Name, ratio);
        report.Row(
            gzip.Name, Invariant($"{contest.Median("gzip", trial => trial.Processor):0.00}"), Invariant($"{contest.Median("zstd", trial => trial.Processor):0.00}"),
            Invariant($"{contest.Most("zstd", trial => trial.PeakMegabytes):0}"), Invariant($"{ratio:0.00}"), Report.Load);
    }

    /// <summary>Images of which everything is in the store, with the layers taken away.</summary>
    public async Task WarmAsync(IReadOnlyList<BenchImage> images, CancellationToken cancellation)
    {
        report.Table(
            "Warm: all layers in the store",
            "The layers were deleted after the first scan, so not one byte of them was read.",
            "image", "wall ms", "least wall ms", "CPU ms", "peak MiB", "load");
        foreach (var image in images)
        {
            var store = Path.Combine(folder, $"{image.Name}.db");
            await candidate.WithStore(image.Target, store).RunAsync(cancellation);
            var contest = await Contest.RunAsync([candidate.WithStore(image.WithoutLayers(Path.Combine(folder, image.Name)), store)], rounds * 2, cancellation);
            var wall = contest.Median(Candidate.Name, trial => trial.Wall) * 1000;
            report.Hold("warm, wall", 60, image.Name, wall, "ms");
            report.Row(
                image.Name, Invariant($"{wall:0}"), Invariant($"{contest.Least(Candidate.Name, trial => trial.Wall) * 1000:0}"),
                Invariant($"{contest.Median(Candidate.Name, trial => trial.Processor) * 1000:0}"),
                Invariant($"{contest.Most(Candidate.Name, trial => trial.PeakMegabytes):0}"), Report.Load);
        }
    }

    /// <summary>An image whose lower layers are in the store.</summary>
    public async Task DeltaAsync(BenchImage first, BenchImage then, CancellationToken cancellation)
    {
        report.Table(
            "Delta: some layers in the store",
            $"{then.Name} after {first.Name}, whose layers it stands on.",
            "image", "CPU s", "wall s", "trivy CPU s", "trivy wall s", "CPU / trivy", "load");
        var (kept, store) = (Path.Combine(folder, "kept.db"), Path.Combine(folder, "delta.db"));
        await candidate.WithStore(first.Target, kept).RunAsync(cancellation);
        List<Contestant> all =
        [
            candidate.WithStore(then.Target, store, () =>
            {
                foreach (var file in Directory.EnumerateFiles(folder, "delta.db*"))
                {
                    File.Delete(file);
                }

                File.Copy(kept, store);
            }),
        ];
        if (peer is not null)
        {
            all.Add(await peer.AfterAsync(first, then, cancellation));
        }

        var contest = await Contest.RunAsync(all, Math.Min(rounds, 3), cancellation);
        var ratio = peer is null ? double.NaN : contest.Ratio(Candidate.Name, Peer.Name, trial => trial.Processor);
        if (peer is not null)
        {
            report.Hold("delta, CPU / trivy's", 0.40, $"{then.Name} after {first.Name}", ratio);
        }

        report.Row(
            then.Name, Invariant($"{contest.Median(Candidate.Name, trial => trial.Processor):0.00}"), Invariant($"{contest.Median(Candidate.Name, trial => trial.Wall):0.00}"),
            peer is null ? "–" : Invariant($"{contest.Median(Peer.Name, trial => trial.Processor):0.00}"),
            peer is null ? "–" : Invariant($"{contest.Median(Peer.Name, trial => trial.Wall):0.00}"), Invariant($"{ratio:0.00}"), Report.Load);
    }

    /// <summary>The same layers from a registry on the loopback address and from disk.</summary>
    public async Task LoopbackAsync(ImageShelf shelf, IReadOnlyList<BenchImage> images, CancellationToken cancellation)
    {
        report.Table(
            "Registry over loopback",
            "Debian's docker-registry on 127.0.0.1 without TLS, in turns with the layout on disk; CPU of ossruntime alone.",
            "image", "disk CPU s", "registry CPU s", "disk wall s", "registry wall s", "registry / disk, CPU", "registry / disk, wall", "load");
        await using var registry = await RegistryServer.StartAsync(new RegistryOptions(), Console.Error, cancellation);
        foreach (var image in images)
        {
            var pushed = await shelf.PushAsync($"bench-{image.Name}", registry, $"bench/{image.Name}:1", cancellation);
            var remote = candidate.Cold(pushed.Reference, "--insecure-registry", registry.Address);
            var contest = await Contest.RunAsync([candidate.Cold(image.Target).As("disk"), remote.As("registry")], rounds, cancellation);
            var ratio = contest.Ratio("registry", "disk", trial => trial.Processor);
            report.Hold("registry over loopback, CPU / disk", 1.15, image.Name, ratio);
            report.Row(
                image.Name, Invariant($"{contest.Median("disk", trial => trial.Processor):0.00}"), Invariant($"{contest.Median("registry", trial => trial.Processor):0.00}"),
                Invariant($"{contest.Median("disk", trial => trial.Wall):0.00}"), Invariant($"{contest.Median("registry", trial => trial.Wall):0.00}"),
                Invariant($"{ratio:0.00}"), Invariant($"{contest.Ratio("registry", "disk", trial => trial.Wall):0.00}"), Report.Load);
        }
    }

    /// <summary>The start of the program.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        report.Table("Start: --version", "20 rounds.", "program", "wall ms", "least wall ms", "CPU ms", "peak MiB", "load");
        var contest = await Contest.RunAsync([candidate.Start(), .. peer is null ? (Contestant[])[] : [peer.Start()]], 20, cancellation);
        foreach (var name in (string[])[Candidate.Name, Peer.Name])
        {
            if (contest.Has(name))
            {
                report.Row(
                    name, Invariant($"{contest.Median(name, trial => trial.Wall) * 1000:0.0}"), Invariant($"{contest.Least(name, trial => trial.Wall) * 1000:0.0}"),
                    Invariant($"{contest.Median(name, trial => trial.Processor) * 1000:0.0}"),
                    Invariant($"{contest.Most(name, trial => trial.PeakMegabytes):0}"), Report.Load);
            }
        }

        report.Hold("start (--version), wall", 20, "median of 20", contest.Median(Candidate.Name, trial => trial.Wall) * 1000, "ms");
    }
}
