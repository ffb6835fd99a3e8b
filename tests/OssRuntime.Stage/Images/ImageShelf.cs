using OssRuntime.Stage.Debian;
using OssRuntime.Stage.Processes;
using OssRuntime.Stage.Registries;

namespace OssRuntime.Stage.Images;

/// <summary>
/// Real images, built from Debian's, npm's and NuGet's packages by the recipes beside this file and kept in the cache. An image is built again
/// when its recipe changes.
/// </summary>
public sealed class ImageShelf
{
    private const string Recipes = "Images/build.sh";
    private readonly Dictionary<string, StageImage> _images;

    private ImageShelf(Dictionary<string, StageImage> images) => _images = images;

    /// <summary>The names of a set of recipes, in alphabetical order.</summary>
    public static IReadOnlyList<string> NamesOf(ImageSet set) =>
    [
        .. Directory.EnumerateFiles(Tool.Script($"Images/{(set == ImageSet.Sample ? "sample" : "bench")}"), "*.sh")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => !name.EndsWith("base", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The image of that name.</summary>
    /// <exception cref="KeyNotFoundException">It was not asked for when the shelf was made.</exception>
    public StageImage this[string name] => _images[name];

    /// <summary>All images of the shelf.</summary>
    public IReadOnlyCollection<StageImage> Images => _images.Values;

    /// <summary>Builds what is missing, which takes from seconds to two minutes an image, and returns a shelf with these images.</summary>
    /// <param name="names">Names of recipes, like <c>python</c>.</param>
    /// <param name="log">Gets a line for each layer that is built.</param>
    /// <param name="cancellationToken">Ends the building; what is finished stays.</param>
    /// <exception cref="StageException">An image could not be built; the message says why.</exception>
    public static async Task<ImageShelf> EnsureAsync(IEnumerable<string> names, TextWriter log, CancellationToken cancellationToken = default)
    {
        var wanted = names.ToArray();
        var stale = await Tool.RunScriptAsync(Recipes, ["--stale", .. wanted], cancellationToken: cancellationToken);
        if (stale.Length > 0)
        {
            await log.WriteLineAsync($"Images to build, each a minute or two on two cores, once: {stale.Replace('\n', ' ')}");
            await MachinePackages.EnsureAsync(log, ["mmdebstrap", "umoci", "skopeo", "jq", "zip", "unzip"], cancellationToken);
            await Tool.RunScriptAsync(Recipes, wanted, log, cancellationToken);
        }

        var cache = StageFolders.Cache;
        return new ImageShelf(wanted.ToDictionary(
            name => name,
            name => new StageImage(name, Path.Combine(cache, "images", name), Path.Combine(cache, "truth", name)),
            StringComparer.Ordinal));
    }

    /// <summary>Copies an image with all its platforms to a registry; blobs that are there already are not sent again.</summary>
    /// <param name="name">An image of the shelf.</param>
    /// <param name="registry">Where to.</param>
    /// <param name="repository">Repository and tag, like <c>shop/python:1</c>.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    public async Task<PushedImage> PushAsync(string name, RegistryServer registry, string repository, CancellationToken cancellationToken = default)
    {
        await MachinePackages.EnsureAsync(TextWriter.Null, ["skopeo"], cancellationToken);
        var reference = $"{registry.Address}/{repository}";
        var folder = StageFolders.CreateTemporary("push");
        try
        {
            var digest = Path.Combine(folder, "digest");
            var logins = Path.Combine(folder, "auth.json");
            // In a file, since arguments are everybody's to read.
            await File.WriteAllTextAsync(logins, PullSecret.DockerConfig(registry).ToJsonString(), cancellationToken);
            await Tool.RunAsync(
                "skopeo",
                ["copy", "--quiet", "--all", "--preserve-digests", "--dest-tls-verify=false", "--authfile", logins, "--digestfile", digest,
                    $"oci:{this[name].LayoutFolder}:latest", $"docker://{reference}"],
                cancellationToken: cancellationToken);
            return new PushedImage(reference, (await File.ReadAllTextAsync(digest, cancellationToken)).Trim());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
