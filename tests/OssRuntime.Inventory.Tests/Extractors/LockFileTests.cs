using OssRuntime.Model.Coverage;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Inventory.Tests.Extractors;

public sealed class LockFileTests
{
    [Theory]
    [InlineData("app/package-lock.json", "npm")]
    [InlineData("app/yarn.lock", "npm")]
    [InlineData("src/go.mod", "Go")]
    [InlineData("poetry.lock", "PyPI")]
    [InlineData("build/pom.xml", "Maven")]
    [InlineData("app/Cargo.lock", "crates.io")]
    public async Task An_image_that_holds_only_lists_and_sources_says_so(string path, string ecosystem)
    {
        var inventory = await ImageReader.ReadAsync(tar => tar.File(path, "x"));

        var unknown = Assert.Single(inventory.Unknowns);
        Assert.Equal((path, UnknownKind.NotInstalled), (unknown.Path, unknown.Kind));
        Assert.StartsWith($"it lists packages of {ecosystem} that a build would install", unknown.Reason, StringComparison.Ordinal);
        var coverage = CheckCoverage.Unmatched(inventory, UncheckedReason.NotMatched);
        Assert.Contains(coverage.Unchecked, group => group.Reason == UncheckedReason.PartOfImageUnsupported && group.Examples.Contains(path));
    }

    [Theory]
    [InlineData("app/package-lock.json")]
    [InlineData("app/node_modules/x/yarn.lock")]
    [InlineData("usr/share/doc/x/examples/go.mod")]
    public async Task A_list_beside_installed_packages_or_among_examples_says_nothing(string path)
    {
        var inventory = await ImageReader.ReadAsync(tar => tar.File(path, "x").File("app/node_modules/x/package.json", """{"name":"x","version":"1.0.0"}"""));

        Assert.Empty(inventory.Unknowns);
    }
}
