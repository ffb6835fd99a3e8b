using OssRuntime.Testing.Images;
using static OssRuntime.Inventory.Tests.ImageReader;

namespace OssRuntime.Inventory.Tests;

public sealed class ImageIndexerTests
{
    [Theory]
    [InlineData(LayerCompressionKind.Gzip)]
    [InlineData(LayerCompressionKind.Zstd)]
    [InlineData(LayerCompressionKind.None)]
    public async Task Components_of_every_kind_come_out_of_a_layer_however_it_is_compressed(LayerCompressionKind compression)
    {
        var image = new ImageBuilder().Layer(
            tar => tar
                .File("etc/os-release", DebianRelease)
                .File("var/lib/dpkg/status", Stanza("libssl3", "3.0.11-1~deb12u2", "Source: openssl\n"))
                .File("app/node_modules/left-pad/package.json", """{"name":"left-pad","version":"1.3.0","license":"WTFPL"}""")
                .File("usr/lib/python3/dist-packages/requests-2.28.1.dist-info/METADATA", "Name: requests\nVersion: 2.28.1\n\n"),
            compression).Build();

        var inventory = await ReadAsync(image);

        Assert.Equal(
            [
                "pkg:deb/debian/libssl3@3.0.11-1~deb12u2?arch=amd64&distro=debian-12",
                "pkg:npm/left-pad@1.3.0",
                "pkg:pypi/requests@2.28.1",
            ],
            inventory.Components.Select(c => c.Purl.ToString()));
        Assert.Equal("Debian:12", inventory.Component("libssl3").Ecosystem.ToString());
        Assert.Equal("openssl", inventory.Component("libssl3").Source!.Name);
        Assert.Equal(image.LayerDigests[0], inventory.Component("left-pad").Location.Layer!.Value.Value);
        Assert.Equal(image.Digest, inventory.Digest!.Value.Value);
        Assert.Equal("debian", inventory.OsRelease!.Id);
        Assert.Empty(inventory.Unknowns);
    }

    [Fact]
    public async Task An_image_without_any_package_has_an_empty_inventory()
    {
        var inventory = await ReadAsync(tar => tar.File("hello", "world"));

        Assert.Empty(inventory.Components);
        Assert.Empty(inventory.Unknowns);
        Assert.Null(inventory.OsRelease);
    }

    [Fact]
    public async Task Cost_counts_the_bytes_and_the_layers()
    {
        var image = new ImageBuilder().Layer(tar => tar.File("a", "a")).Layer(tar => tar.File("b", "b")).Build();

        var inventory = await ReadAsync(image);

        Assert.Equal(image.LayerDigests.Sum(d => image.Blobs[d].Length), inventory.Cost.BytesRead);
        Assert.Equal((2, 0), (inventory.Cost.LayersRead, inventory.Cost.LayersKnown));
    }

    [Fact]
    public async Task The_same_image_gives_the_same_inventory_whatever_the_order_of_its_files()
    {
        Action<TarBuilder>[] files =
        [
            tar => tar.File("etc/os-release", DebianRelease),
            tar => tar.File("a/node_modules/x/package.json", """{"name":"x","version":"1.0.0"}"""),
            tar => tar.File("b/node_modules/x/package.json", """{"name":"x","version":"1.0.0"}"""),
            tar => tar.File("b/node_modules/y/package.json", "no json"),
        ];

        var forward = await ReadAsync(tar => Array.ForEach(files, add => add(tar)));
        var backward = await ReadAsync(tar => Array.ForEach([.. files.Reverse()], add => add(tar)));

        Assert.Equal(
            forward.Components.Select(c => (c.Purl.ToString(), c.Location.Path)), backward.Components.Select(c => (c.Purl.ToString(), c.Location.Path)));
        Assert.Equal(forward.Unknowns, backward.Unknowns);
    }
}
