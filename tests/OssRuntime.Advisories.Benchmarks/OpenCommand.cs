using System.CommandLine;
using System.Diagnostics;
using OssRuntime.Advisories.Database;

namespace OssRuntime.Advisories.Benchmarks;

/// <summary><c>db-open</c>: what it costs to read a database into memory and to compare all of it with its checksums.</summary>
internal static class OpenCommand
{
    private const int Passes = 21;

    public static Command Create()
    {
        var file = new Option<string>("--db") { Required = true, Description = "The database file." };
        var command = new Command("db-open", "Opens a database as a scan does, and says how much of that is the verification.") { file };
        command.SetAction(arguments => Run(arguments.GetValue(file)!));
        return command;
    }

    private static void Run(string file)
    {
        var (opened, verified, mapped) = (new List<double>(), new List<double>(), new List<double>());
        for (var pass = 0; pass < Passes; pass++)
        {
            var start = Stopwatch.GetTimestamp();
            using var database = AdvisoryDatabase.Open(file);
            opened.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            start = Stopwatch.GetTimestamp();
            database.Verify();
            verified.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            start = Stopwatch.GetTimestamp();
            using var shared = AdvisoryDatabase.Map(file);
            mapped.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        Console.WriteLine($"{new FileInfo(file).Length / 1e6:0.0} MB: opened and verified in {Text(opened)}; the checksums of what is in memory {Text(verified)}; mapped without them {Text(mapped)}");
    }

    private static string Text(List<double> passes) => $"{Median.OfLastHalf(passes):0.00} ms ({passes.Min():0.00} to {passes.Skip(Passes / 2).Max():0.00}; first {passes[0]:0.0})";
}
