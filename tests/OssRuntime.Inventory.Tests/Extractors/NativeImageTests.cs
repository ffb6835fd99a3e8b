using System.Text;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Tests.Extractors.Programs;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Testing.Images;

namespace OssRuntime.Inventory.Tests.Extractors;

/// <summary>The SBOM inside of programs that GraalVM compiled.</summary>
public sealed class NativeImageTests
{
    private const int Executable = 0b111_101_101;

    private const string Sbom = """{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"components":[{"type":"library","group":"io.micronaut","name":"micronaut-core","version":"4.2.0","purl":"pkg:maven/io.micronaut/micronaut-core@4.2.0"},{"type":"library","group":"org.yaml","name":"snakeyaml","version":"2.2","purl":"pkg:maven/org.yaml/snakeyaml@2.2"}]}""";

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(65_536 - 20)]
    [InlineData(65_536 - 4096 - 3)]
    [InlineData(300_001)]
    public async Task What_it_declares_is_declared_of_the_image(int place)
    {
        var inventory = await ReadAsync(Program(place));

        Assert.Equal(["pkg:maven/io.micronaut/micronaut-core@4.2.0", "pkg:maven/org.yaml/snakeyaml@2.2"], inventory.Components.Select(c => c.Purl.ToString()));
        Assert.All(inventory.Components, c => Assert.True(c.Declared));
        Assert.All(inventory.Components, c => Assert.StartsWith("app/service", c.Location.Path, StringComparison.Ordinal));
        Assert.Equal(InventorySource.EmbeddedSbom, inventory.Declaration!.Source);
    }

    [Fact]
    public async Task Other_compressed_data_in_a_program_is_no_SBOM()
    {
        byte[] data = [.. new byte[1000], .. ImageBuilder.Gzip("{\"other\":1}"u8), .. new byte[1000], 0x1F, 0x8B, 0x08, .. new byte[600]];

        var inventory = await ReadAsync(new ElfBuilder().Data(data).Build());

        Assert.Empty(inventory.Components);
        Assert.Empty(inventory.Unknowns);
    }

    [Fact]
    public async Task A_bomb_in_its_place_ends_as_a_reason()
    {
        var bomb = ImageBuilder.Gzip(Encoding.UTF8.GetBytes("""{"bomFormat":"CycloneDX","specVersion":"1.5","components":[""" + new string(' ', 200 << 20)));

        var inventory = await ReadAsync(new ElfBuilder().Data([.. bomb, .. new byte[100]]).Build());

        Assert.Empty(inventory.Components);
        Assert.NotEmpty(inventory.Unknowns);
    }

    /// <summary>A program with the SBOM among its data.</summary>
    internal static byte[] Program(int place = 100) =>
        new ElfBuilder().ReadOnly(new byte[2000]).Data([.. new byte[place], .. ImageBuilder.Gzip(Encoding.UTF8.GetBytes(Sbom)), .. new byte[5000]]).Build();

    private static async Task<ComponentInventory> ReadAsync(byte[] program)
    {
        using var directory = new TemporaryDirectory();
        new ImageBuilder().Layer(tar => tar.File("app/service", program, Executable)).Build().WriteLayout(directory.Path);
        var indexer = new ImageIndexer(new InventoryOptions { Mode = InventoryMode.Auto }, null, TimeProvider.System);
        return await indexer.IndexAsync(new OciLayout(directory.Path, null), Platform.LinuxAmd64, null, TestContext.Current.CancellationToken);
    }
}
