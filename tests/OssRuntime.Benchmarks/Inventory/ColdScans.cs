using static System.FormattableString;

namespace OssRuntime.Benchmarks.Inventory;

/// <summary>Images read for the first time, against gzip, the floor and the peer.</summary>
internal static class ColdScans
{
    /// <summary>Images whose runs are long.</summary>
    private static readonly string[] Large = ["python", "monster"];

    /// <summary>The image that consists of jars, which are inflated a second time.</summary>
    private static readonly string[] OfJars = ["java"];

    /// <summary>Images with jars, which are kept for the time of their reading.</summary>
    private static readonly string[] WithJars = ["java", "monster"];

    public static async Task RunAsync(
        Candidate candidate, Peer? peer, IReadOnlyList<BenchImage> images, int rounds, Report report, CancellationToken cancellation)
    {
        report.Table(
            "Cold: all layers of an image",
            $"{rounds} rounds, {Math.Min(rounds, 3)} of {string.Join(" and ", Large)}. gzip is `gzip -dc` of the same layers.",
            "image", "MB", "CPU s", "wall s", "peak MiB", "gzip CPU s", "floor CPU s", "trivy CPU s", "trivy wall s", "trivy MiB",
            "CPU / gzip", "CPU / floor", "CPU / trivy", "wall / trivy", "load");
        var ratios = new Dictionary<string, List<double>>(StringComparer.Ordinal) { ["gzip"] = [], ["cpu"] = [], ["wall"] = [] };
        var peaks = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var image in images)
        {
            List<Contestant> all = [Candidate.GzipOf(image), candidate.FloorOf(image), candidate.Cold(image.Target)];
            if (peer is not null)
            {
                all.Add(peer.Cold(image));
            }

            var contest = await Contest.RunAsync(all, Large.Contains(image.Name) ? Math.Min(rounds, 3) : rounds, cancellation);
            var gzip = contest.Ratio(Candidate.Name, Candidate.GzipName, trial => trial.Processor);
            var floor = contest.Ratio(Candidate.Name, Candidate.FloorName, trial => trial.Processor);
            var peak = contest.Most(Candidate.Name, trial => trial.PeakMegabytes);
            ratios["gzip"].Add(gzip);
            peaks[image.Name] = peak;
            report.Hold("cold, CPU / gzip", 0.75, image.Name, gzip);
            report.Hold("cold, CPU / floor" + (OfJars.Contains(image.Name) ? ", jars" : ""), OfJars.Contains(image.Name) ? 2.0 : 1.3, image.Name, floor);
            report.Hold("peak memory" + (WithJars.Contains(image.Name) ? ", jars" : ""), WithJars.Contains(image.Name) ? 128 : 64, image.Name, peak, "MiB");
            string[] against = ["–", "–", "–", "–", "–"];
            if (peer is not null)
            {
                var (cpu, wall) = (contest.Ratio(Candidate.Name, Peer.Name, trial => trial.Processor), contest.Ratio(Candidate.Name, Peer.Name, trial => trial.Wall));
                ratios["cpu"].Add(cpu);
                ratios["wall"].Add(wall);
                report.Hold("cold, CPU / trivy", 0.40, image.Name, cpu);
                report.Hold("cold, wall / trivy", 0.50, image.Name, wall);
                against =
                [
                    Invariant($"{contest.Median(Peer.Name, trial => trial.Processor):0.00}"), Invariant($"{contest.Median(Peer.Name, trial => trial.Wall):0.00}"),
                    Invariant($"{contest.Most(Peer.Name, trial => trial.PeakMegabytes):0}"), Invariant($"{cpu:0.00}"), Invariant($"{wall:0.00}"),
                ];
            }

            report.Row(
                image.Name, Invariant($"{image.Size / 1e6:0}"), Invariant($"{contest.Median(Candidate.Name, trial => trial.Processor):0.00}"),
                Invariant($"{contest.Median(Candidate.Name, trial => trial.Wall):0.00}"), Invariant($"{peak:0}"),
                Invariant($"{contest.Median(Candidate.GzipName, trial => trial.Processor):0.00}"),
                Invariant($"{contest.Median(Candidate.FloorName, trial => trial.Processor):0.00}"),
                against[0], against[1], against[2], Invariant($"{gzip:0.00}"), Invariant($"{floor:0.00}"), against[3], against[4], Report.Load);
        }

        if (peaks.TryGetValue(Large[0], out var small) && peaks.TryGetValue(Large[1], out var large))
        {
            report.Hold($"peak memory, {Large[1]} above {Large[0]}", 8, Large[1], large - small, "MiB");
        }

        report.HoldMean("cold, CPU / gzip, geometric mean", 0.50, ratios["gzip"]);
        report.HoldMean("cold, CPU / trivy, geometric mean", 0.28, ratios["cpu"]);
        report.HoldMean("cold, wall / trivy, geometric mean", 0.35, ratios["wall"]);
    }
}
