using OssRuntime.Stage.Processes;

namespace OssRuntime.Benchmarks.Inventory;

/// <summary>The program that is measured, and the floor it is held against, both published as native code by the same script.</summary>
/// <param name="Program">The path of ossruntime.</param>
/// <param name="Floor">The path of the floor.</param>
internal sealed record Candidate(string Program, string Floor)
{
    public const string Name = "ossruntime";
    public const string FloorName = "floor";
    public const string GzipName = "gzip";

    /// <summary>Publishes both out of this checkout.</summary>
    public static async Task<Candidate> PublishAsync(string checkout, CancellationToken cancellation)
    {
        var folder = Path.Combine(checkout, "artifacts", "benchmarks");
        foreach (var project in (string[])["src/OssRuntime.Cli", "tests/OssRuntime.Floor"])
        {
            await Tool.RunAsync(Path.Combine(checkout, "eng", "native"), [folder, project], Console.Error, cancellation);
        }

        return new Candidate(Path.Combine(folder, "ossruntime"), Path.Combine(folder, "floor"));
    }

    /// <summary>Lists the components of an image with nothing kept, as an SBOM.</summary>
    public Contestant Cold(string target, params string[] options) =>
        new(Name, [Program, "scan", target, "--format", "cyclonedx", "--output", "/dev/null", .. options]);

    /// <summary>As above with a store; the layers that it has are not read.</summary>
    public Contestant WithStore(string target, string store, Action? before = null) =>
        new(Name, [Program, "scan", target, "--format", "cyclonedx", "--output", "/dev/null", "--store", store], before);

    /// <summary>Starts and says its version.</summary>
    public Contestant Start() => new(Name, [Program, "--version"]);

    /// <summary>Inflates, walks and hashes the image's layers.</summary>
    public Contestant FloorOf(BenchImage image) => new(FloorName, [Floor, .. image.Layers]);

    /// <summary>Inflates the image's layers.</summary>
    public static Contestant GzipOf(BenchImage image) => new(GzipName, ["gzip", "-dc", .. image.Layers]);
}
