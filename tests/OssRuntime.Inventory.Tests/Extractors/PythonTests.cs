using static OssRuntime.Inventory.Tests.ImageReader;

namespace OssRuntime.Inventory.Tests.Extractors;

public sealed class PythonTests
{
    private const string Metadata = "Metadata-Version: 2.1\nName: Zope.Interface_X\nVersion: 5.0\n\nName: not this\n";

    [Theory]
    [InlineData("usr/lib/python3/dist-packages/x-5.0.dist-info/METADATA", 1)]
    [InlineData("usr/lib/python3/dist-packages/x-5.0.egg-info/PKG-INFO", 1)]
    [InlineData("usr/lib/python3/dist-packages/x-5.0.egg-info", 1)]
    [InlineData("opt/x-5.0.egg/EGG-INFO/PKG-INFO", 1)]
    [InlineData("usr/lib/x-5.0.dist-info/RECORD", 0)]
    [InlineData("usr/lib/METADATA", 0)]
    [InlineData("usr/src/x/PKG-INFO", 0)]
    public async Task Installed_distributions_are_found_in_all_their_forms(string path, int count) =>
        Assert.Equal(count, (await ReadAsync(tar => tar.File(path, Metadata))).Components.Length);

    [Fact]
    public async Task The_name_stays_as_written_and_the_purl_is_normalized()
    {
        var component = Assert.Single((await MetadataAsync(Metadata)).Components);

        Assert.Equal(("Zope.Interface_X", "PyPI"), (component.Name, component.Ecosystem.ToString()));
        Assert.StartsWith("pkg:pypi/zope", component.Purl.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('_', component.Purl.ToString());
    }

    [Theory]
    [InlineData("License: MIT\n", "MIT")]
    [InlineData("License: UNKNOWN\n", "")]
    [InlineData("License: MIT\nClassifier: License :: OSI Approved :: Apache Software License\n", "MIT")]
    [InlineData("License: BSD\nClassifier: License :: OSI Approved :: ISC License (ISCL)\n", "ISC")]
    [InlineData("License: Apache 2.0\nClassifier: License :: OSI Approved :: Apache Software License\n", "Apache-2.0")]
    [InlineData("Classifier: License :: OSI Approved\nLicense: BSD\n", "BSD")]
    [InlineData("License-Expression: MIT AND (Apache-2.0 OR BSD-2-Clause)\nLicense: x\n", "MIT AND (Apache-2.0 OR BSD-2-Clause)")]
    [InlineData("license: lower\n", "lower")]
    public async Task Licences_are_taken_from_the_best_field(string fields, string expected) =>
        Assert.Equal(expected, string.Join(',', (await MetadataAsync($"Name: x\nVersion: 1\n{fields}\n")).Component("x").Licenses));

    [Fact]
    public async Task A_licence_text_is_no_licence_name() =>
        Assert.Empty((await MetadataAsync($"Name: x\nVersion: 1\nLicense: {new string('t', 500)}\n more text\n\n")).Component("x").Licenses);

    [Fact]
    public async Task What_a_distribution_was_installed_from_is_its_origin()
    {
        var inventory = await ReadAsync(tar => tar
            .File("lib/x-1.dist-info/METADATA", "Name: x\nVersion: 1\n\n")
            .File("lib/x-1.dist-info/direct_url.json", """{"url":"https://example.org/x.git","vcs_info":{"vcs":"git"}}""")
            .File("lib/y-1.dist-info/METADATA", "Name: y\nVersion: 1\n\n"));

        Assert.Equal("https://example.org/x.git", inventory.Component("x").Origin);
        Assert.Null(inventory.Component("y").Origin);
    }

    [Theory]
    [InlineData("", "it has no Name field")]
    [InlineData("Name: x\n\nVersion: 1\n", "'x' has no Version field")]
    [InlineData("\0\u0001\u0002 binary", "it has no Name field")]
    [InlineData("Name: x\nVersion:\n\n", "the version of 'x' is empty")]
    public async Task What_is_wrong_with_metadata_is_told(string text, string reason) =>
        Assert.Equal(reason, Assert.Single((await MetadataAsync(text)).Unknowns).Reason);

    private static Task<Model.Inventories.ComponentInventory> MetadataAsync(string text) =>
        ReadAsync(tar => tar.File("lib/x-1.dist-info/METADATA", text));
}
