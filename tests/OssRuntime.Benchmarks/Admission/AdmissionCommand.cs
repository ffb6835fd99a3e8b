using System.CommandLine;
using System.Diagnostics;
using System.Runtime;

namespace OssRuntime.Benchmarks.Admission;

/// <summary><c>admission</c>: answers at a fixed rate, each measured from the moment that it was due, while what they are answered from changes.</summary>
internal static class AdmissionCommand
{
    public static Command Create()
    {
        var rate = new Option<int>("--rate") { DefaultValueFactory = _ => 500, Description = "Reviews a second." };
        var seconds = new Option<int>("--seconds") { DefaultValueFactory = _ => 30, Description = "For how long." };
        var images = new Option<int>("--images") { DefaultValueFactory = _ => 2_000, Description = "Images that are known." };
        var policies = new Option<int>("--policies") { DefaultValueFactory = _ => 50, Description = "Policies in force." };
        var calm = new Option<bool>("--calm") { Description = "Nothing changes meanwhile." };
        var command = new Command("admission", "Answers admission reviews from memory at a fixed rate.") { rate, seconds, images, policies, calm };
        command.SetAction((arguments, cancel) => RunAsync(
            arguments.GetValue(rate), arguments.GetValue(seconds), arguments.GetValue(images), arguments.GetValue(policies), arguments.GetValue(calm), cancel));
        return command;
    }

    private static async Task RunAsync(int rate, int seconds, int images, int policies, bool calm, CancellationToken cancel)
    {
        using var world = new AdmissionWorld(images, policies);
        await world.WarmUpAsync();
        GC.Collect();
        using var outgoing = new OutgoingRequests();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var changes = calm ? Task.FromResult(0) : Task.Run(() => world.ChangeAsync(stop.Token), CancellationToken.None);
        var pauses = GC.GetTotalPauseDuration();
        var collections = (GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2));
        var (due, work) = await PaceAsync(world, rate, seconds, cancel);
        var paused = GC.GetTotalPauseDuration() - pauses;
        await stop.CancelAsync();
        var changed = await changes;

        Console.WriteLine($"{images} images, {policies} policies, {rate} reviews a second for {seconds} s, {changed} changes meanwhile; GC: server {GCSettings.IsServerGC}, {GCSettings.LatencyMode}");
        Console.WriteLine($"from the moment it was due: {Line(due)}");
        Console.WriteLine($"work on it alone:           {Line(work)}");
        Console.WriteLine($"collections {GC.CollectionCount(0) - collections.Item1}/{GC.CollectionCount(1) - collections.Item2}/{GC.CollectionCount(2) - collections.Item3}, all pauses together {paused.TotalMilliseconds:0.0} ms");
        Console.WriteLine($"denied {world.Denied}, warned {world.Warned}, allowed {world.Allowed}; outgoing requests {outgoing.Count}");
        Console.WriteLine($"looking at a seal: {world.LookAtSeals().TotalMicroseconds / images:0.0} µs for each of {images} images");
        Console.WriteLine($"load of the machine: {(File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Trim() : "?")}");
    }

    // Each review has its moment; one that comes late because another took long counts from its moment all the same.
    private static async Task<(double[] Due, double[] Work)> PaceAsync(AdmissionWorld world, int rate, int seconds, CancellationToken cancel)
    {
        var count = rate * seconds;
        var (due, work) = (new double[count], new double[count]);
        var tasks = new Task[count];
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var moment = start + (long)(i * (double)Stopwatch.Frequency / rate);
            while (Stopwatch.GetTimestamp() < moment)
            {
                if (moment - Stopwatch.GetTimestamp() > Stopwatch.Frequency / 500)
                {
                    await Task.Delay(1, cancel);
                }
                else
                {
                    await Task.Yield();
                }
            }

            var index = i;
            tasks[i] = Task.Run(
                async () =>
                {
                    var began = Stopwatch.GetTimestamp();
                    await world.AnswerAsync(index);
                    work[index] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
                    due[index] = Stopwatch.GetElapsedTime(moment).TotalMilliseconds;
                },
                cancel);
        }

        await Task.WhenAll(tasks);
        return (due, work);
    }

    private static string Line(double[] times)
    {
        Array.Sort(times);
        return $"p50 {times[times.Length / 2]:0.000} ms, p90 {times[times.Length * 9 / 10]:0.000}, p99 {times[times.Length * 99 / 100]:0.000}, p99.9 {times[times.Length * 999 / 1000]:0.000}, most {times[^1]:0.000}";
    }
}
