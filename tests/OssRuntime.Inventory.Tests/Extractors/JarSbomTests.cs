using OssRuntime.Inventory.Images;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Testing.Images;
using static OssRuntime.Testing.Images.ZipBuilder;

namespace OssRuntime.Inventory.Tests.Extractors;

/// <summary>The SBOM that Spring Boot and Quarkus lay into a jar.</summary>
public sealed class JarSbomTests
{
    [Theory]
    [InlineData("META-INF/sbom/application.cdx.json")]
    [InlineData("BOOT-INF/classes/META-INF/sbom/application.cdx.json")]
    public async Task What_it_declares_is_declared_of_the_image(string name)
    {
        using var directory = new TemporaryDirectory();
        var jar = Zip((name, """{"bomFormat":"CycloneDX","specVersion":"1.5","components":[{"type":"library","name":"snakeyaml","version":"1.30","purl":"pkg:maven/org.yaml/snakeyaml@1.30"}]}"""u8.ToArray()));
        new ImageBuilder().Layer(tar => tar.File("app/shop.jar", jar)).Build().WriteLayout(directory.Path);
        var indexer = new ImageIndexer(new InventoryOptions { Mode = InventoryMode.Auto }, null, TimeProvider.System);

        var inventory = await indexer.IndexAsync(new OciLayout(directory.Path, null), Platform.LinuxAmd64, null, TestContext.Current.CancellationToken);

        var component = Assert.Single(inventory.Components);
        Assert.Equal(("pkg:maven/org.yaml/snakeyaml@1.30", "app/shop.jar", true), (component.Purl.ToString(), component.Location.Path, component.Declared));
        Assert.Equal(InventorySource.EmbeddedSbom, inventory.Declaration!.Source);
    }
}
