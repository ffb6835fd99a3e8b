using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using OssRuntime.Testing.Images;
using static System.FormattableString;

namespace OssRuntime.Benchmarks.Hostile;

/// <summary><c>hostile</c>: what images that were made to exhaust their reader cost the command line, for docs/benchmarks/hostile.md. Each is read by a process of its own.</summary>
internal static class HostileCommand
{
    public static Command Create()
    {
        var program = new Option<string>("--program") { Description = "ossruntime.dll, as it was built.", Required = true };
        var names = new Option<string[]>("--image") { Description = "A part of the names of the images to measure. Default: all.", AllowMultipleArgumentsPerToken = true };
        var command = new Command("hostile", "Measures what hostile images cost.") { program, names };
        command.SetAction(async (parsed, cancellation) =>
        {
            Console.WriteLine("| image | compressed KiB | CPU s | peak MiB | ends as |\n| --- | --- | --- | --- | --- |");
            foreach (var (name, build) in HostileImages.All.Where(image => parsed.GetValue(names) is not { Length: > 0 } parts || parts.Any(image.Key.Contains)))
            {
                using var folder = new TemporaryDirectory();
                var image = build();
                image.WriteLayout(folder.Path);
                var size = image.Blobs.Values.Sum(blob => (long)blob.Length);
                GC.Collect();
                Console.WriteLine(await MeasureAsync(parsed.GetValue(program)!, name, size, folder.Path, cancellation));
            }
        });
        return command;
    }

    private static async Task<string> MeasureAsync(string program, string name, long size, string layout, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("/usr/bin/time") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-f", "cost %U %S %M", "dotnet", program, "scan", $"oci:{layout}", "--inventory-only", "--platform", "linux/amd64", "--format", "json"])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        var lines = (await error).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var cost = lines[^1].Split(' ');
        var (processor, peak) = (Number(cost[1]) + Number(cost[2]), Number(cost[3]) / 1024);
        var text = (await output).Split('\n').Select(line => line.Trim()).ToList();
        var end = text.Find(line => line.Contains("\"message\"", StringComparison.Ordinal))?[("\"message\": ".Length)..].Trim('"', ',') ?? (process.ExitCode == 0 ? "an inventory" : string.Join(' ', text.Take(3)));
        return Invariant($"| {name} | {size >> 10} | {processor:0.0} | {peak:0} | {end} |");
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
