using System.CommandLine;
using System.Diagnostics;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Matching;
using OssRuntime.Benchmarks;

namespace OssRuntime.Advisories.Benchmarks;

/// <summary><c>db-lookup</c>: opening, the first lookup, and lookups a second.</summary>
internal static class LookupCommand
{
    private const int Passes = 30;

    public static Command Create()
    {
        var file = new Option<string>("--db") { Required = true, Description = "The database file." };
        var command = new Command("db-lookup", "Opens a database and asks it for the packages of 100 images of 500 components.") { file };
        command.SetAction(arguments => Run(arguments.GetValue(file)!));
        return command;
    }

    /// <summary>The same with the code in place: what is left is the file.</summary>
    private static void Again(string file, PackageQuery[] queries)
    {
        for (var time = 1; time <= 3; time++)
        {
            var start = Stopwatch.GetTimestamp();
            using var database = AdvisoryDatabase.Map(file);
            using var lease = database.Lease();
            new PackageMatcher(database, new MatchMemory()).TryFindRows(queries[time], out _);
            Console.WriteLine($"  again, the code in place: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0.00} ms");
        }
    }

    private static void Run(string file)
    {
        var queries = Questions.Inventories(100, 500)
            .SelectMany(inventory => inventory.Components)
            .Select(component => PackageQueries.Of(component, PackageQueries.Ecosystems(component)[0]).First).ToArray();
        var anonymous = ProcessCost.Status("RssAnon:");
        var start = Stopwatch.GetTimestamp();
        using var database = AdvisoryDatabase.Map(file);
        using var lease = database.Lease();
        var packages = new PackageMatcher(database, new MatchMemory());
        packages.TryFindRows(queries[0], out _);
        Console.WriteLine($"open and first lookup {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0.0} ms, {ProcessCost.Status("RssAnon:") - anonymous} kB anonymous");
        Again(file, queries);
        var rates = new List<double>();
        for (var pass = 1; pass <= Passes; pass++)
        {
            start = Stopwatch.GetTimestamp();
            var (found, rows, advisories) = (0, 0, 0UL);
            foreach (var query in queries)
            {
                if (packages.TryFindRows(query, out var cursor))
                {
                    found++;
                    while (cursor.Next(out var head))
                    {
                        rows++;
                        advisories += head.Advisory;
                    }
                }
            }

            rates.Add(queries.Length / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e6);
            if (pass == 1)
            {
                Console.WriteLine($"{queries.Length} lookups a pass: {found} found, {rows} rows, of the advisories {advisories % 1000:000}");
            }
        }

        Console.WriteLine($"first pass {rates[0]:0.00} M/s, second {rates[1]:0.00}; hot, the median of the last {Passes / 2}: {Median.OfLastHalf(rates):0.00} M/s");
    }
}
