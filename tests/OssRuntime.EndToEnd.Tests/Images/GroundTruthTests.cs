using System.Text.RegularExpressions;
using OssRuntime.Inventory;
using OssRuntime.Inventory.Images;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.EndToEnd.Tests.Images;

/// <summary>Real images have exactly the components that the machine's own tools list, to the package and version.</summary>
public sealed class GroundTruthTests(SampleImages images) : IClassFixture<SampleImages>
{
    [Theory]
    [InlineData("debian")]
    [InlineData("python")]
    [InlineData("node")]
    [InlineData("java")]
    [InlineData("dotnet")]
    [InlineData("go")]
    [InlineData("multi")]
    [InlineData("private")]
    [InlineData("distroless")]
    public async Task Debian_packages_are_those_of_dpkg_query(string name)
    {
        var inventory = await ReadAsync(name);
        var found = inventory.Components.Where(component => component.Purl.Type == "deb")
            .Select(component => $"{component.Name} {component.Version} {component.Source?.Name ?? component.Name}");
        var truth = images.Shelf[name].Truth("dpkg.txt").Select(line => $"{line[0]} {line[1]} {line[3].Split(' ')[0]}");
        AssertSame(truth, found);
    }

    [Fact]
    public async Task Alpine_packages_are_those_of_the_installed_file()
    {
        var inventory = await ReadAsync("alpine");
        AssertSame(
            images.Shelf["alpine"].Truth("apk.txt").Select(line => $"{line[0]} {line[1]} {line[3]}"),
            inventory.Components.Where(component => component.Purl.Type == "apk")
                .Select(component => $"{component.Name} {component.Version} {component.Source?.Name ?? component.Name}"));
    }

    [Fact]
    public async Task Node_packages_are_the_directories_below_node_modules()
    {
        var inventory = await ReadAsync("node");
        AssertSame(
            images.Shelf["node"].Truth("npm.txt").Select(line => $"{line[0]} {line[1]} {line[2]}"),
            inventory.Components.Where(component => component.Purl.Type == "npm")
                .Select(component => $"{component.Name} {component.Version} {Path.GetDirectoryName(component.Location.Path)}"));
    }

    [Theory]
    [InlineData("python")]
    [InlineData("multi")]
    [InlineData("private")]
    public async Task Python_packages_are_the_dist_infos_and_egg_infos(string name)
    {
        var inventory = await ReadAsync(name);
        AssertSame(
            images.Shelf[name].Truth("python.txt").Select(line => $"{Normal(line[0])} {line[1]}"),
            inventory.Components.Where(component => component.Purl.Type == "pypi" && !IsInWheel(component)).Select(component => $"{Normal(component.Name)} {component.Version}"));
    }

    [Fact]
    public async Task Wheels_that_Debian_keeps_for_virtual_environments_are_packages_of_Debian()
    {
        var wheels = (await ReadAsync("python")).Components.Where(IsInWheel).ToList();
        Assert.Equal(["pip", "setuptools"], wheels.Select(component => component.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.All(wheels, component => Assert.Contains($"python3-{component.Name}-whl@", component.OwnedBy, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_upgrade_belongs_to_its_own_layer_and_what_was_before_to_the_base()
    {
        var inventory = await ReadAsync("debian");
        Assert.All(
            inventory.Components.Where(component => component.Name is "less" or "exim4-base"),
            component => Assert.Contains("apt-get install", StepOf(inventory, component), StringComparison.Ordinal));
        Assert.Contains(inventory.Components, component => StepOf(inventory, component) == "apt-get upgrade");
        Assert.DoesNotContain("apt-get", StepOf(inventory, inventory.Components.Single(component => component.Name == "dpkg")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packages_of_Debian_have_the_licences_of_their_copyright_files()
    {
        var packages = (await ReadAsync("debian")).Components.Where(component => component.Purl.Type == "deb").ToList();
        Assert.InRange(packages.Count(component => !component.Licenses.IsEmpty), packages.Count * 9 / 10, packages.Count);
        Assert.Contains(packages.Single(component => component.Name == "bash").Licenses, license => license.StartsWith("GPL-3.0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Python_packages_of_Debian_are_marked_as_owned_and_those_of_pip_are_not()
    {
        var packages = (await ReadAsync("python")).Components.Where(component => component.Purl.Type == "pypi").ToList();
        Assert.All(
            packages.Where(component => component.Location.Path.StartsWith("usr/lib/python3/dist-packages/", StringComparison.Ordinal)),
            component => Assert.NotNull(component.OwnedBy));
        Assert.All(
            packages.Where(component => component.Location.Path.StartsWith("usr/local/", StringComparison.Ordinal)),
            component => Assert.Null(component.OwnedBy));
    }

    private async Task<ComponentInventory> ReadAsync(string name)
    {
        var image = images.Shelf[name];
        var indexer = new ImageIndexer(new InventoryOptions(), null, TimeProvider.System);
        var inventory = await indexer.IndexAsync(
            new OciLayout(image.LayoutFolder, null), Platform.LinuxAmd64, null, TestContext.Current.CancellationToken);
        Assert.Empty(inventory.Unknowns);
        return inventory;
    }

    private static void AssertSame(IEnumerable<string> truth, IEnumerable<string> found)
    {
        var (expected, actual) = (truth.Order(StringComparer.Ordinal).ToList(), found.Order(StringComparer.Ordinal).ToList());
        Assert.NotEmpty(expected);
        Assert.Empty(expected.Except(actual).Select(line => "missing: " + line));
        Assert.Empty(actual.Except(expected).Select(line => "invented: " + line));
        Assert.Equal(expected, actual);
    }

    private static bool IsInWheel(Component component) => component.Location.Path.Contains(".whl!/", StringComparison.Ordinal);

    private static string StepOf(ComponentInventory inventory, Component component) =>
        inventory.Layers.First(layer => layer.Digest == component.Location.Layer).CreatedBy ?? "";

    // PEP 503.
    private static string Normal(string name) => Regex.Replace(name, "[-_.]+", "-", RegexOptions.None, TimeSpan.FromSeconds(1)).ToLowerInvariant();
}
