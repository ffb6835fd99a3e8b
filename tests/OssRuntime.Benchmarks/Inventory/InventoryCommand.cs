using System.CommandLine;
using OssRuntime.Stage;
using OssRuntime.Stage.Debian;
using OssRuntime.Stage.Images;

namespace OssRuntime.Benchmarks.Inventory;

/// <summary><c>inventory</c>: everything that docs/benchmarks/inventory.md holds, from building the images to writing the page.</summary>
internal static class InventoryCommand
{
    private static readonly string[] Images = ["rpm", "debian", "dotnet", "node", "go", "java", "python", "monster"];
    private static readonly string[] Sections = ["start", "cold", "zstd", "warm", "delta", "loopback"];

    public static Command Create()
    {
        var names = new Option<string[]>("--image") { Description = $"Images to measure: {string.Join(", ", Images)}. Default: all.", DefaultValueFactory = _ => Images };
        var only = new Option<string[]>("--only") { Description = $"What to measure: {string.Join(", ", Sections)}. Default: all.", DefaultValueFactory = _ => Sections };
        var rounds = new Option<int>("--rounds") { Description = "How often each figure is taken, after a round to warm up.", DefaultValueFactory = _ => 5 };
        var withoutPeer = new Option<bool>("--without-peer") { Description = "Measure against gzip and the floor alone." };
        var programs = new Option<string?>("--programs") { Description = "A folder that holds ossruntime and floor. Default: they are published." };
        var output = new Option<string?>("--output") { Description = "The page to write." };
        var command = new Command("inventory", "Measures scans against gzip, the floor and trivy. The first time most of an hour goes into making the images.")
        {
            names, only, rounds, withoutPeer, programs, output,
        };
        foreach (var option in (Option<string[]>[])[names, only])
        {
            option.AllowMultipleArgumentsPerToken = true;
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            var scratch = StageFolders.CreateTemporary("benchmarks", inMemory: false);
            try
            {
                var text = await RunAsync(
                    parsed.GetValue(names)!,
                    parsed.GetValue(only)!,
                    parsed.GetValue(rounds),
                    parsed.GetValue(withoutPeer),
                    parsed.GetValue(programs),
                    scratch,
                    cancellation);
                Console.Out.Write(text);
                if (parsed.GetValue(output) is { } page)
                {
                    await File.WriteAllTextAsync(page, text, cancellation);
                }
            }
            finally
            {
                Directory.Delete(scratch, recursive: true);
            }
        });
        return command;
    }

    private static async Task<string> RunAsync(
        string[] names, string[] only, int rounds, bool withoutPeer, string? programs, string scratch, CancellationToken cancellation)
    {
        // :: Step 1: what is measured, and what it is measured with
        await MachinePackages.EnsureAsync(Console.Error, ["time", "gzip", "gdb"], cancellation);
        string[] recipes = [.. names, .. only.Contains("zstd") && names.Contains("python") ? (string[])["python-zstd"] : []];
        var shelf = await ImageShelf.EnsureAsync(recipes.Select(name => $"bench-{name}"), Console.Error, cancellation);
        var images = names.Select(name => BenchImage.Of(shelf[$"bench-{name}"])).ToDictionary(image => image.Name, StringComparer.Ordinal);
        var candidate = programs is null
            ? await Candidate.PublishAsync(Checkout(), cancellation)
            : new Candidate(Path.Combine(programs, "ossruntime"), Path.Combine(programs, "floor"));
        var peer = withoutPeer ? null : await Peer.PrepareAsync(Path.Combine(StageFolders.Cache, "trivy-0.68.2"), Path.Combine(scratch, "trivy"), cancellation);

        // :: Step 2: the figures
        var began = $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC at load {Report.Load}";
        var report = new Report();
        var others = new OtherScans(candidate, peer, scratch, rounds, report);
        if (only.Contains("start"))
        {
            await others.StartAsync(cancellation);
        }

        if (only.Contains("cold"))
        {
            await ColdScans.RunAsync(candidate, peer, [.. images.Values], rounds, report, cancellation);
        }

        if (only.Contains("zstd") && images.TryGetValue("python", out var gzip))
        {
            await others.ZstdAsync(gzip, BenchImage.Of(shelf["bench-python-zstd"]), cancellation);
        }

        if (only.Contains("warm"))
        {
            await others.WarmAsync([.. images.Values], cancellation);
        }

        if (only.Contains("delta") && images.TryGetValue("python", out var first) && images.TryGetValue("monster", out var then))
        {
            await others.DeltaAsync(first, then, cancellation);
        }

        if (only.Contains("loopback"))
        {
            await others.LoopbackAsync(shelf, [.. images.Values.Where(image => image.Name is "debian" or "node" or "java")], cancellation);
        }

        return report.Text(began);
    }

    /// <summary>The folder with the solution, above this program.</summary>
    private static string Checkout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OssRuntime.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The benchmarks are run out of a checkout.");
    }
}
