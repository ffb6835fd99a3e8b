using System.CommandLine;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Matching;
using OssRuntime.Benchmarks;

namespace OssRuntime.Advisories.Benchmarks;

/// <summary><c>db-match</c>: whole inventories matched, versions compared, findings made.</summary>
internal static class MatchCommand
{
    private const int Passes = 30;

    private static readonly DateOnly Day = new(2026, 9, 1);

    public static Command Create()
    {
        var file = new Option<string>("--db") { Required = true, Description = "The database file." };
        var images = new Option<int>("--images") { DefaultValueFactory = _ => 1200, Description = "How many images." };
        var components = new Option<int>("--components") { DefaultValueFactory = _ => 500, Description = "Components of each." };
        var inventory = new Option<string?>("--inventory") { Description = "A recorded inventory (*.components.tsv of the golden findings) to match alone, instead of invented ones." };
        var command = new Command("db-match", "Matches inventories in full.") { file, images, components, inventory };
        command.SetAction(arguments =>
        {
            if (arguments.GetValue(inventory) is { } recorded)
            {
                Run(arguments.GetValue(file)!, recorded);
                return;
            }

            Run(arguments.GetValue(file)!, arguments.GetValue(images), arguments.GetValue(components));
        });
        return command;
    }

    /// <summary>One real inventory: the first time with all code still to be compiled, then a hundred times with a matcher of its own.</summary>
    private static void Run(string file, string recorded)
    {
        const int Times = 100;
        using var database = AdvisoryDatabase.Map(file);
        var inventory = RecordedInventory.Read(recorded);
        Console.WriteLine($"{inventory.Components.Length} components; the first time: {ProcessCost.Of(() => new Matcher(database).Match(inventory, Day))}");
        for (var pass = 1; pass <= 6; pass++)
        {
            var findings = 0;
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var cost = ProcessCost.Of(() =>
            {
                for (var time = 0; time < Times; time++)
                {
                    findings = new Matcher(database).Match(inventory, Day).Findings.Length;
                }
            });
            allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / Times;
            Console.WriteLine($"pass {pass}: {cost.Processor.TotalMilliseconds / Times:0.00} ms CPU and {allocated >> 10} KiB allocated each, {findings} findings");
        }
    }

    private static void Run(string file, int images, int components)
    {
        using var database = AdvisoryDatabase.Map(file);
        var few = Questions.Inventories(Math.Min(50, images), components).ToList();
        var first = ProcessCost.Of(() => new Matcher(database).Match(few[0], Day));
        Console.WriteLine($"the first image, all code still to be compiled: {first}");
        var alone = new List<double>();
        for (var pass = 1; pass <= Passes; pass++)
        {
            alone.Add(ProcessCost.Of(() => few.ForEach(inventory => new Matcher(database).Match(inventory, Day))).Processor.TotalMilliseconds / few.Count);
        }

        Console.WriteLine(
            $"one image of {components}, each with a matcher of its own: first pass of {few.Count} {alone[0]:0.00} ms CPU, "
            + $"hot, the median of the last {Passes / 2}: {Median.OfLastHalf(alone):0.00} ms CPU");
        for (var pass = 1; pass <= 5; pass++)
        {
            All(database, images, components, pass);
        }
    }

    /// <summary>All images with one matcher, as after a new database; making them is not counted.</summary>
    private static void All(AdvisoryDatabase database, int images, int components, int pass)
    {
        var matcher = new Matcher(database);
        var (processor, wall, findings) = (TimeSpan.Zero, TimeSpan.Zero, 0L);
        foreach (var batch in Questions.Inventories(images, components).Chunk(100))
        {
            var cost = ProcessCost.Of(() =>
            {
                foreach (var inventory in batch)
                {
                    findings += matcher.Match(inventory, Day).Findings.Length;
                }
            });
            processor += cost.Processor;
            wall += cost.Wall;
        }

        Console.WriteLine(
            $"pass {pass}: {images} images of {components} in {processor.TotalSeconds:0.00} s CPU, {wall.TotalSeconds:0.00} s wall, "
            + $"{processor.TotalMilliseconds / images:0.00} ms CPU an image; {findings} findings");
    }
}
