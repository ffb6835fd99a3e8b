using OssRuntime.Advisories.Benchmarks.Osv;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Benchmarks;

/// <summary>
/// Inventories to ask about, from a seed: images of one distribution or another with packages of one language, six tenths of them shared with
/// other images, about half of them packages that advisories speak of.
/// </summary>
internal static class Questions
{
    private static readonly string[] Languages = ["npm", "PyPI", "Maven", "Go"];

    /// <summary>So many images with so many components each, made one by one as they are asked for, as from a store.</summary>
    public static IEnumerable<ComponentInventory> Inventories(int images, int components, int seed = 7)
    {
        var random = new Random(seed);
        var shared = Enumerable.Range(0, components * 4).Select(i => Component(random, i)).ToList();
        for (var image = 0; image < images; image++)
        {
            yield return new ComponentInventory
            {
                Components = [.. Enumerable.Range(0, components).Select(i => random.Next(10) < 6 ? shared[random.Next(shared.Count)] : Component(random, i))],
            };
        }
    }

    private static Component Component(Random random, int number)
    {
        var distribution = number % 3 == 0;
        var ecosystem = distribution ? "Debian" : Languages[random.Next(Languages.Length)];
        var name = random.Next(100) < 48 ? $"unknown-{random.Next(1_000_000)}" : OsvGenerator.Name(ecosystem, OsvGenerator.Rank(random, OsvGenerator.Names));
        var version = OsvGenerator.Version(random, ecosystem);
        if (random.Next(100) < 95)
        {
            // Most of what runs is newer than most fixes: one or two flaws to a component remain, as in real images.
            version = version.Replace(version.TrimStart('v')[..2], "9.", StringComparison.Ordinal);
        }

        return new Component
        {
            Purl = PackageUrl.Of(distribution ? "deb" : "generic", distribution ? "debian" : null, name.Replace('/', '_').Replace(':', '_'), version),
            Name = name,
            Version = version,
            Ecosystem = new Ecosystem(ecosystem, distribution ? "12" : null),
            Location = new ComponentLocation(null, $"path/{number}"),
            Source = distribution ? new SourcePackage(name, version) : null,
            Type = distribution ? ComponentType.OsPackage : ComponentType.Library,
        };
    }
}
