using System.Diagnostics;
using System.Globalization;

namespace OssRuntime.Testing.Fuzzing;

/// <summary>
/// How long a target is fuzzed. Without settings each seed is spoilt in the same few ways every time. In CI (<c>CI=true</c>) all targets have two minutes between
/// them, always from the same start. <c>OSSRUNTIME_FUZZ_SECONDS</c> sets how many seconds they have between them, from another start each time: docs/fuzzing.md.
/// </summary>
public static class FuzzRounds
{
    private const int FilesPerSeed = 60;
    private const int SecondsInCi = 120;
    private const int Step = 7919;

    /// <summary>The numbers that the targets' spoilers start with.</summary>
    /// <param name="targets">How many targets share the time.</param>
    /// <param name="share">Their part of the whole: the inventory's many readers have nearly all of it.</param>
    public static IEnumerable<int> Of(int targets, double share = 1)
    {
        var isLong = int.TryParse(Environment.GetEnvironmentVariable("OSSRUNTIME_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var seconds);
        if (!isLong)
        {
            seconds = Environment.GetEnvironmentVariable("CI") == "true" ? SecondsInCi : 0;
        }

        var first = isLong ? Environment.TickCount : 1;
        var watch = Stopwatch.StartNew();
        for (var round = 0; seconds > 0 ? watch.Elapsed.TotalSeconds < seconds * share / targets : round < FilesPerSeed * share; round++)
        {
            yield return unchecked(first + (round * Step));
        }
    }
}
