using System.Diagnostics;
using System.Globalization;

namespace OssRuntime.Benchmarks;

/// <summary>What a piece of work cost this process: wall time, processor time, and memory as the kernel counts it.</summary>
internal sealed record ProcessCost(TimeSpan Wall, TimeSpan Processor, long PeakKilobytes, long AnonymousKilobytes)
{
    /// <summary>Does the work and measures it.</summary>
    public static ProcessCost Of(Action work)
    {
        var (wall, processor) = (Stopwatch.GetTimestamp(), Now());
        work();
        return new ProcessCost(Stopwatch.GetElapsedTime(wall), Now() - processor, Status("VmHWM:"), Status("RssAnon:"));
    }

    /// <summary>Does the work and measures it.</summary>
    public static async Task<ProcessCost> OfAsync(Func<Task> work)
    {
        var (wall, processor) = (Stopwatch.GetTimestamp(), Now());
        await work();
        return new ProcessCost(Stopwatch.GetElapsedTime(wall), Now() - processor, Status("VmHWM:"), Status("RssAnon:"));
    }

    /// <summary>A line of <c>/proc/self/status</c>, in kilobytes; 0 elsewhere than on Linux.</summary>
    public static long Status(string line) =>
        File.Exists("/proc/self/status")
            ? File.ReadLines("/proc/self/status").Where(text => text.StartsWith(line, StringComparison.Ordinal))
                .Select(text => long.Parse(text[line.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture)).FirstOrDefault()
            : 0;

    /// <inheritdoc/>
    public override string ToString() =>
        $"wall {Wall.TotalSeconds:0.000} s, CPU {Processor.TotalSeconds:0.000} s, peak {PeakKilobytes >> 10} MiB, anonymous {AnonymousKilobytes >> 10} MiB";

    private static TimeSpan Now() => Process.GetCurrentProcess().TotalProcessorTime;
}
