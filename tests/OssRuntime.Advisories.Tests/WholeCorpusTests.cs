using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Tests.Kit;

namespace OssRuntime.Advisories.Tests;

public class WholeCorpusTests(ITestOutputHelper output)
{
    [Fact]
    public async Task All_of_osv_loads()
    {
        Assert.SkipWhen(SharedFeeds.Root is null, SharedFeeds.Missing);
        using var folder = new TemporaryFolder();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var cpu = System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime;
        var info = await new DatabaseBuilder().BuildAsync([SharedFeeds.Root!], folder.At("all.db"));
        output.WriteLine($"{watch.Elapsed} cpu {System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime - cpu} rss {System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64 >> 20}");
        output.WriteLine($"{info.Advisories} {info.Flaws} {info.Packages} {info.Statements} file {info.FileLength} matching {info.MatchingLength}");
        foreach (var s in info.Sources)
        {
            output.WriteLine($"{s.Name} read {s.Read} kept {s.Kept} dup {s.Duplicates} skipped {s.Skipped} trimmed {s.Trimmed} {s.Newest:d} {string.Join(" | ", s.Reasons.Select(r => $"{r.Records} {r.Reason} ({string.Join(" ", r.Examples.Take(2))})"))} {string.Join(" ", s.Failures)}");
        }
        output.WriteLine(string.Join("\n", info.HeldBack.Take(50)));
        output.WriteLine(string.Join("\n", info.RefusedGroups));
        using var db = AdvisoryDatabase.Open(folder.At("all.db"));
        db.Verify();
    }
}
