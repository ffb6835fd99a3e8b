using OssRuntime.Inventory.Extractors;

namespace OssRuntime.Inventory.Tests.Extractors;

public sealed class ExtractorCatalogTests
{
    [Fact]
    public void Every_extractor_is_in_the_list()
    {
        var written = typeof(IExtractor).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IExtractor)));

        Assert.Equal(
            written.Select(t => t.Name).Order(StringComparer.Ordinal),
            ExtractorCatalog.Default.Extractors.Select(e => e.GetType().Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Names_are_unique_and_stand_in_the_version()
    {
        var names = ExtractorCatalog.Default.Extractors.Select(e => e.Name).ToList();

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(ExtractorCatalog.Default.Extractors, e => Assert.Contains($";{e.Name}={e.Version}", ExtractorCatalog.Default.Version, StringComparison.Ordinal));
    }

    [Fact]
    public void Nobody_wants_the_root_or_stumbles_over_odd_paths()
    {
        foreach (var path in new[] { "", "/", "a", ".", "node_modules", ".dist-info", ".jar", "var/lib/dpkg/", "\u00ff" })
        {
            foreach (var extractor in ExtractorCatalog.Default.Extractors)
            {
                extractor.Wants(System.Text.Encoding.UTF8.GetBytes(path));
            }
        }

        Assert.False(ExtractorCatalog.Default.IsWanted(""u8));
    }
}
