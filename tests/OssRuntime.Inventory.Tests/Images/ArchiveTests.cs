using System.Text;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Images;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Testing.Images;

namespace OssRuntime.Inventory.Tests.Images;

public sealed class ArchiveTests : IDisposable
{
    private static readonly BuiltImage Image = new ImageBuilder()
        .Layer(tar => tar.File("app/node_modules/x/package.json", """{"name":"x","version":"1.0.0"}"""))
        .Layer(tar => tar.File("app/node_modules/y/package.json", """{"name":"y","version":"1.0.0"}"""))
        .Build();

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_layout_in_an_archive_is_read_where_it_lies() =>
        Assert.Equal(["x 1.0.0", "y 1.0.0"], (await ReadAsync(OciArchive.Open(Write(Image.ToLayoutArchive())))).Names());

    [Theory]
    [InlineData("v1", null)]
    [InlineData("v1", "v1")]
    [InlineData("docker.io/library/app:v1", "v1")]
    public async Task An_image_of_a_layout_is_found_by_its_name(string written, string? asked) =>
        Assert.Equal(2, (await ReadAsync(OciArchive.Open(Write(Image.ToLayoutArchive(written)), asked))).Components.Length);

    [Fact]
    public async Task An_image_that_a_layout_does_not_have_is_told_with_those_it_has()
    {
        var failure = await FailAsync(() => ReadAsync(OciArchive.Open(Write(Image.ToLayoutArchive("v1")), "v2")));

        Assert.Equal((FailureReason.SourceNotFound, "the layout has no image 'v2', only 'v1'"), (failure.Reason, failure.Message));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task What_docker_save_writes_is_read(bool isGzip, bool hasLink)
    {
        var inventory = await ReadAsync(DockerArchive.Open(Write(DockerSave(isGzip, hasLink))));

        Assert.Equal(["x 1.0.0", "y 1.0.0"], inventory.Names());
        Assert.Equal("linux/amd64", inventory.Platform!.ToString());
    }

    [Fact]
    public async Task A_layer_of_a_docker_archive_has_one_digest_however_it_is_stored()
    {
        var plain = await ReadAsync(DockerArchive.Open(Write(DockerSave(isGzip: false, hasLink: false))));
        var gzip = await ReadAsync(DockerArchive.Open(Write(DockerSave(isGzip: true, hasLink: false))));

        Assert.Equal(plain.Components.Select(c => c.Location.Layer), gzip.Components.Select(c => c.Location.Layer));
    }

    [Fact]
    public async Task A_layer_that_is_not_what_the_configuration_says_is_refused()
    {
        var archive = DockerSave(isGzip: false, hasLink: false, changeLayer: layer => layer[600] ^= 1);

        Assert.Equal(FailureReason.DigestMismatch, (await FailAsync(() => ReadAsync(DockerArchive.Open(Write(archive))))).Reason);
    }

    [Theory]
    [InlineData("""[]""", FailureReason.SourceNotFound)]
    [InlineData("""[{"Config":"config.json","RepoTags":["a:1"],"Layers":[]},{"Config":"config.json","Layers":[]}]""", FailureReason.SourceNotFound)]
    [InlineData("""{}""", FailureReason.SourceInvalid)]
    [InlineData("""[{"Config":"gone.json","Layers":[]}]""", FailureReason.SourceInvalid)]
    [InlineData("""[{"Layers":[]}]""", FailureReason.SourceInvalid)]
    [InlineData("""[{"Config":"config.json"}]""", FailureReason.SourceInvalid)]
    [InlineData("""[{"Config":"config.json","Layers":["a.tar"]}]""", FailureReason.SourceInvalid)]
    [InlineData("no json", FailureReason.SourceInvalid)]
    public async Task A_docker_archive_that_is_none_is_told(string manifest, FailureReason reason)
    {
        var tar = new TarBuilder()
            .File("manifest.json", manifest)
            .File("config.json", """{"os":"linux","architecture":"amd64","rootfs":{"diff_ids":[]}}""");

        Assert.Equal(reason, (await FailAsync(() => ReadAsync(DockerArchive.Open(Write(tar.Build()))))).Reason);
    }

    [Fact]
    public void Files_that_are_no_archive_are_told()
    {
        Assert.Equal(FailureReason.SourceNotFound, Fail(_directory["missing.tar"]).Reason);
        Assert.Equal(FailureReason.SourceInvalid, Fail(Write(Encoding.UTF8.GetBytes(new string('x', 2000)))).Reason);
        Assert.Equal(FailureReason.SourceInvalid, Fail(Write(new TarBuilder().Entry("a", '0', [], statedSize: 1L << 40).Build())).Reason);
        Assert.Equal(FailureReason.SourceInvalid, Fail(Write(new TarBuilder().Entry("a", '0', [], statedSize: long.MaxValue).Build())).Reason);
        Assert.Contains("unpack it first", Fail(Write(ImageBuilder.Gzip(Image.ToLayoutArchive()))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_in_a_circle_lead_nowhere()
    {
        var archive = ArchiveDirectory.Read(Write(new TarBuilder().SymbolicLink("a", "b").SymbolicLink("b", "a").Build()));

        Assert.Null(archive.Open("a"));
    }

    private static byte[] DockerSave(bool isGzip, bool hasLink, Action<byte[]>? changeLayer = null)
    {
        byte[][] layers =
        [
            new TarBuilder().File("app/node_modules/x/package.json", """{"name":"x","version":"1.0.0"}""").Build(),
            new TarBuilder().File("app/node_modules/y/package.json", """{"name":"y","version":"1.0.0"}""").Build(),
        ];
        var ids = string.Join(',', layers.Select(l => $"\"{ImageBuilder.DigestOf(l)}\""));
        changeLayer?.Invoke(layers[0]);
        var stored = isGzip ? [.. layers.Select(l => ImageBuilder.Gzip(l))] : layers;
        var tar = new TarBuilder()
            .File("manifest.json", """[{"Config":"config.json","RepoTags":["app:v1"],"Layers":["1/layer.tar","2/layer.tar"]}]""")
            .File("config.json", $$$"""{"os":"linux","architecture":"amd64","rootfs":{"type":"layers","diff_ids":[{{{ids}}}]}}""")
            .File("1/layer.tar", stored[0]);
        return hasLink
            ? tar.File("3/layer.tar", stored[1]).SymbolicLink("2/layer.tar", "../3/layer.tar").Build()
            : tar.File("2/layer.tar", stored[1]).Build();
    }

    private static InventoryFailure Fail(string path) => Assert.Throws<InventoryException>(() => OciArchive.Open(path)).Failure;

    private static async Task<InventoryFailure> FailAsync(Func<Task> read) => (await Assert.ThrowsAsync<InventoryException>(read)).Failure;

    private static Task<ComponentInventory> ReadAsync(IImageSource source) => new ImageIndexer(new InventoryOptions(), null, TimeProvider.System)
        .IndexAsync(source, Platform.LinuxAmd64, null, TestContext.Current.CancellationToken);

    private string Write(byte[] content)
    {
        var path = _directory[$"{Guid.NewGuid()}.tar"];
        File.WriteAllBytes(path, content);
        return path;
    }
}
