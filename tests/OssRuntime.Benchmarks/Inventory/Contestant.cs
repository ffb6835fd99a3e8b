using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace OssRuntime.Benchmarks.Inventory;

/// <summary>A program with its arguments, run and measured as often as asked.</summary>
/// <param name="name">What the report calls it.</param>
/// <param name="arguments">The program and its arguments; what it prints is thrown away.</param>
/// <param name="before">Done before each run, unmeasured.</param>
internal sealed partial class Contestant(string name, IReadOnlyList<string> arguments, Action? before = null)
{
    private const int Children = -1;

    public string Name => name;

    /// <summary>The same under another name.</summary>
    public Contestant As(string other) => new(other, arguments, before);

    /// <summary>One run.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task<Trial> RunAsync(CancellationToken cancellation)
    {
        before?.Invoke();
        var memory = Path.GetTempFileName();
        try
        {
            // The shell and `time` cost a millisecond, the same for all; without them the peak would be that of this process, which forks.
            var start = new ProcessStartInfo("/usr/bin/time") { UseShellExecute = false };
            foreach (var argument in (string[])["-f", "%M", "-o", memory, "sh", "-c", "exec \"$@\" >/dev/null 2>&1", "sh", .. arguments])
            {
                start.ArgumentList.Add(argument);
            }

            var (processor, wall) = (ProcessorOfChildren(), Stopwatch.GetTimestamp());
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync(cancellation);
            var trial = new Trial(
                ProcessorOfChildren() - processor,
                Stopwatch.GetElapsedTime(wall).TotalSeconds,
                double.Parse((await File.ReadAllLinesAsync(memory, cancellation))[^1], CultureInfo.InvariantCulture) / 1024);
            return process.ExitCode == 0
                ? trial
                : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with code {process.ExitCode}");
        }
        finally
        {
            File.Delete(memory);
        }
    }

    private static double ProcessorOfChildren()
    {
        Span<long> usage = stackalloc long[18];
        _ = GetUsage(Children, ref MemoryMarshal.GetReference(usage));
        return usage[0] + usage[2] + ((usage[1] + usage[3]) / 1e6);
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, ref long usage);
}
