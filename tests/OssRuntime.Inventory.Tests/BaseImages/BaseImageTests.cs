using OssRuntime.Inventory.BaseImages;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Manifests;
using OssRuntime.Inventory.Store;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Testing.Images;

namespace OssRuntime.Inventory.Tests.BaseImages;

/// <summary>Which image an image was built on, and which components it brought.</summary>
public sealed class BaseImageTests
{
    /// <summary>Steps, "+" before those that made a layer; how many layers are the base's.</summary>
    public static TheoryData<string[], int> Histories => new()
    {
        { ["+/bin/sh -c #(nop) ADD file:abc in / ", "/bin/sh -c #(nop)  CMD [\"bash\"]", "+/bin/sh -c apt-get update", "/bin/sh -c #(nop)  CMD [\"nginx\"]"], 1 },
        { ["+# debian.sh --arch 'amd64' out/ 'bookworm'", "CMD [\"bash\"]", "+RUN /bin/sh -c apt-get update # buildkit", "+COPY . /app # buildkit"], 1 },
        { ["+ADD rootfs.tar.gz / # buildkit", "CMD [\"/bin/sh\"]", "ENV NODE_VERSION=20.11.1", "+RUN node", "ENTRYPOINT [\"docker-entrypoint.sh\"]", "CMD [\"node\"]", "WORKDIR /app", "+COPY . .", "CMD [\"server.js\"]"], 2 },
        { ["+ADD rootfs.tar.gz /", "CMD [\"/bin/sh\"]"], 0 },
        { ["+COPY app /app", "ENTRYPOINT [\"/app\"]"], 0 },
        { ["+bazel build ...", "+bazel build ...", "+COPY app /app # buildkit", "ENTRYPOINT [\"/app\"]"], 2 },
        { ["+apko", "+COPY app /app # buildkit"], 1 },
        { ["+apko"], 0 },
        { [], 0 },
        { ["+RUN echo CMD no", "+COPY x /"], 0 },
    };

    [Theory]
    [MemberData(nameof(Histories))]
    public void A_base_ends_with_the_command_before_the_last_layer(string[] steps, int layers) =>
        Assert.Equal(layers, BaseByHistory.Layers([.. steps.Select(s => new HistoryStep(s.TrimStart('+'), s.StartsWith('+')))]));

    [Fact]
    public async Task Components_tell_whether_the_base_image_brought_them()
    {
        var image = Image().History(("ADD rootfs.tar /", true), ("CMD [\"bash\"]", false), ("RUN apt-get install b", true), ("CMD [\"b\"]", false)).Build();

        var inventory = await ImageReader.ReadAsync(image);

        Assert.Equal(new BaseImage(null, null, 1, BaseImageEvidence.History), inventory.Base);
        Assert.Equal([(true, "ADD rootfs.tar /"), (false, "RUN apt-get install b")], inventory.Layers.Select(l => (l.IsBase, l.CreatedBy!)));
        Assert.Equal(image.LayerDigests, inventory.Layers.Select(l => l.Digest.Value));
        Assert.True(inventory.IsFromBase(inventory.Component("a")));
        Assert.False(inventory.IsFromBase(inventory.Component("b")));
    }

    [Fact]
    public async Task Known_layers_count_before_the_history()
    {
        var image = Image().History(("ADD rootfs.tar /", true), ("RUN apt-get install b", true)).Build();
        var bases = KnownBaseImages.Parse($"# golden images\ncompany/base:1 {image.LayerDigests[0]}\nother:1 {ImageBuilder.DigestOf("x"u8)}\n\n");

        var inventory = await ReadAsync(image, bases);

        Assert.Equal(new BaseImage("company/base:1", null, 1, BaseImageEvidence.KnownLayers), inventory.Base);
        Assert.True(inventory.IsFromBase(inventory.Component("a")));
    }

    [Fact]
    public void The_base_with_the_most_layers_is_the_base()
    {
        Digest one = Digest.Parse(ImageBuilder.DigestOf("1"u8)), two = Digest.Parse(ImageBuilder.DigestOf("2"u8)), three = Digest.Parse(ImageBuilder.DigestOf("3"u8));
        var bases = KnownBaseImages.Parse($"debian {one.Value}\nnode {one.Value} {two.Value}\nlonger {one.Value} {two.Value} {three.Value} {one.Value}\n");

        Assert.Equal(("node", 2), bases.Find([one, two, three]));
        Assert.Equal(("debian", 1), bases.Find([one, three]));
        Assert.Null(bases.Find([two, one]));
        Assert.Null(KnownBaseImages.None.Find([one]));
    }

    [Theory]
    [InlineData("name", "has no layers")]
    [InlineData("name sha256:12", "is not a digest")]
    public void A_line_that_is_none_is_named(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => KnownBaseImages.Parse("\n" + text)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Annotations_tell_the_name_and_nothing_about_layers()
    {
        var digest = ImageBuilder.DigestOf("base"u8);
        var image = Image().ChangeManifest(m => m.Insert(1,
            $$"""{{'"'}}annotations":{"org.opencontainers.image.base.name":"docker.io/library/debian:12","org.opencontainers.image.base.digest":"{{digest}}"},""")).Build();

        var inventory = await ImageReader.ReadAsync(image);

        Assert.Equal(new BaseImage("docker.io/library/debian:12", digest, 0, BaseImageEvidence.Annotation), inventory.Base);
        Assert.Null(inventory.IsFromBase(inventory.Component("a")));
    }

    [Fact]
    public async Task A_history_that_does_not_fit_the_layers_tells_nothing()
    {
        var inventory = await ImageReader.ReadAsync(Image().History(("ADD", true), ("CMD [\"x\"]", false), ("RUN", true), ("RUN", true)).Build());

        Assert.Null(inventory.Base);
        Assert.All(inventory.Layers, l => Assert.Null(l.CreatedBy));
    }

    [Fact]
    public async Task Steps_are_cut_and_have_no_control_characters()
    {
        var inventory = await ImageReader.ReadAsync(Image().History(("RUN \u001b[31m\n" + new string('x', 5000), true), ("RUN", true)).Build());

        Assert.Equal(300, inventory.Layers[0].CreatedBy!.Length);
        Assert.DoesNotContain(inventory.Layers[0].CreatedBy!, char.IsControl);
    }

    [Fact]
    public async Task Layers_and_base_survive_the_store()
    {
        var inventory = await ImageReader.ReadAsync(Image().History(("ADD", true), ("CMD [\"x\"]", false), ("RUN", true)).Build());

        Assert.Equal(inventory, InventoryCodec.Decode(InventoryCodec.Encode(inventory)));
        Assert.NotNull(inventory.Base);
    }

    private static ImageBuilder Image() => new ImageBuilder()
        .Layer(tar => tar.File("node_modules/a/package.json", """{"name":"a","version":"1.0.0"}"""))
        .Layer(tar => tar.File("node_modules/b/package.json", """{"name":"b","version":"1.0.0"}"""));

    private static async Task<ComponentInventory> ReadAsync(BuiltImage image, KnownBaseImages bases)
    {
        using var directory = new TemporaryDirectory();
        image.WriteLayout(directory.Path);
        return await new ImageIndexer(new InventoryOptions { BaseImages = bases }, null, TimeProvider.System)
            .IndexAsync(new OciLayout(directory.Path, null), Platform.LinuxAmd64, null, TestContext.Current.CancellationToken);
    }
}
