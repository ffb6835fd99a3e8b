using System.CommandLine;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Benchmarks;

namespace OssRuntime.Advisories.Benchmarks;

/// <summary><c>db-build</c>: time and memory of building a database.</summary>
internal static class BuildCommand
{
    public static Command Create()
    {
        var feeds = new Option<string>("--feeds") { Required = true, Description = "The feed root." };
        var output = new Option<string>("--output") { Required = true, Description = "The database file." };
        var sources = new Option<bool>("--sources") { Description = "Print what became of each source's records." };
        var only = new Option<string[]>("--only") { Description = "Feeds to read, all where none is named." };
        var command = new Command("db-build", "Builds a database and tells what that cost.") { feeds, output, sources, only };
        command.SetAction(async (arguments, cancellation) =>
        {
            DatabaseInfo? info = null;
            var names = arguments.GetValue(only) ?? [];
            var options = new DatabaseBuildOptions { Feeds = [.. FeedCatalog.All.Where(feed => names.Length == 0 || names.Contains(feed.Name))] };
            var cost = await ProcessCost.OfAsync(async () => info = await new DatabaseBuilder(options).BuildAsync(
                [new FeedRoot(arguments.GetValue(feeds)!)], arguments.GetValue(output)!, cancellation: cancellation));
            Console.WriteLine(cost);
            Console.WriteLine(
                $"{info!.Advisories} advisories, {info.Flaws} flaws, {info.Statements} statements on {info.Packages} packages; "
                + $"file {info.FileLength / 1e6:0.0} MB, matching part {info.MatchingLength / 1e6:0.0} MB");
            if (arguments.GetValue(sources))
            {
                Print(info);
            }
        });
        return command;
    }

    private static void Print(DatabaseInfo info)
    {
        Console.WriteLine("| source | read | kept | duplicates | withdrawn | skipped | trimmed | newest | reasons |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var source in info.Sources)
        {
            var reasons = source.Reasons.Select(reason => $"{reason.Records} × {reason.Reason}").Concat(source.Failures.Select(failure => $"{failure.File}: {failure.Reason}"));
            Console.WriteLine(
                $"| {source.Name} | {source.Read} | {source.Kept} | {source.Duplicates} | {source.Withdrawn} | {source.Skipped} | {source.Trimmed} | {source.Newest:yyyy-MM-dd} | {string.Join("; ", reasons)} |");
        }
    }
}
