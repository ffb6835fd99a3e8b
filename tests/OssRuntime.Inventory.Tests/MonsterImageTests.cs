using System.Text;
using OssRuntime.Testing.Images;

namespace OssRuntime.Inventory.Tests;

/// <summary>Sixty thousand files in eight layers that replace, delete and bring back each other's packages, against a list that is kept beside.</summary>
[Collection(Alone.Name)]
public sealed class MonsterImageTests
{
    private const int Layers = 8;
    private const int FilesPerLayer = 7_500;
    private const int PackagesPerLayer = 600;
    private const long MostManaged = 160L << 20;

    [Fact]
    public async Task Every_package_is_found_in_the_layer_that_brought_it_and_no_other()
    {
        var (image, truth) = Build();

        var inventory = await ImageReader.ReadAsync(image);

        Assert.Equal(
            truth.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key} {t.Value.Version} {image.LayerDigests[t.Value.Layer]}"),
            inventory.Components.OrderBy(c => c.Location.Path, StringComparer.Ordinal).Select(c => $"{c.Location.Path} {c.Version} {c.Location.Layer!.Value.Value}"));
        Assert.Empty(inventory.Unknowns);
        Assert.InRange(inventory.Components.Length, 2_000, Layers * PackagesPerLayer);
    }

    [Fact]
    public async Task Memory_holds_what_was_found_and_not_the_files()
    {
        var (image, _) = Build();
        var peak = 0L;
        var progress = new Peak(() => peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false)));
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await ImageReader.ReadAsync(image, progress: progress);

        Assert.InRange(peak - before, long.MinValue, MostManaged);
    }

    private static (BuiltImage Image, Dictionary<string, (string Version, int Layer)> Truth) Build()
    {
        var random = new Random(60_000);
        var truth = new Dictionary<string, (string Version, int Layer)>(StringComparer.Ordinal);
        var image = new ImageBuilder();
        var noise = new byte[2_000];
        random.NextBytes(noise);
        for (var layer = 0; layer < Layers; layer++)
        {
            var number = layer;
            image.Layer(tar =>
            {
                Delete(tar, truth, random);
                AddPackages(tar, truth, random, number);
                for (var i = 0; i < FilesPerLayer - PackagesPerLayer; i++)
                {
                    tar.File($"usr/share/l{number}/d{i % 97}/file{i}.txt", noise);
                }
            });
        }

        return (image.Build(), truth);
    }

    /// <summary>Whole packages, single manifests, and a directory that is made anew.</summary>
    private static void Delete(TarBuilder tar, Dictionary<string, (string Version, int Layer)> truth, Random random)
    {
        foreach (var path in truth.Keys.Order(StringComparer.Ordinal).Where(_ => random.Next(10) == 0).ToList())
        {
            tar.Whiteout(random.Next(2) == 0 ? path : path[..path.LastIndexOf('/')]);
            truth.Remove(path);
        }

        var opaque = $"srv/app{random.Next(12)}";
        tar.Opaque(opaque);
        foreach (var path in truth.Keys.Where(p => p.StartsWith(opaque + "/", StringComparison.Ordinal)).ToList())
        {
            truth.Remove(path);
        }
    }

    private static void AddPackages(TarBuilder tar, Dictionary<string, (string Version, int Layer)> truth, Random random, int layer)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < PackagesPerLayer; i++)
        {
            var name = $"p{random.Next(900)}";
            var path = $"srv/app{random.Next(12)}/node_modules/{name}/package.json";
            if (!written.Add(path))
            {
                continue;
            }

            // The same package over itself stays in the layer that brought it first.
            var version = $"{random.Next(3)}.0.0";
            tar.File(path, Encoding.UTF8.GetBytes($$"""{"name":"{{name}}","version":"{{version}}"}"""));
            if (!truth.TryGetValue(path, out var known) || known.Version != version)
            {
                truth[path] = (version, layer);
            }
        }
    }

    private sealed class Peak(Action look) : IProgress<IndexProgress>
    {
        public void Report(IndexProgress value) => look();
    }
}
