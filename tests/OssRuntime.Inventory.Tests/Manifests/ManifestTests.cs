using System.Text;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Manifests;
using OssRuntime.Model.Images;
using OssRuntime.Testing.Images;
using static OssRuntime.Inventory.Tests.ImageReader;

namespace OssRuntime.Inventory.Tests.Manifests;

public sealed class ManifestTests
{
    private const string Config = "\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"DIGEST\",\"size\":2}";

    [Theory]
    [InlineData("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", "a foreign layer")]
    [InlineData("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip", "a foreign layer")]
    [InlineData("application/vnd.oci.image.layer.v1.tar+gzip+encrypted", "an encrypted layer")]
    [InlineData("application/vnd.wasm.content.layer.v1+wasm", "a layer of type")]
    public async Task Layers_that_cannot_be_read_make_an_image_unsupported(string type, string reason)
    {
        var failure = await FailAsync(new ImageBuilder().Blob([1], type).Build());

        Assert.Equal(FailureReason.UnsupportedImage, failure.Reason);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Artifacts_are_unsupported()
    {
        var failure = await FailAsync(new ImageBuilder().Layer(_ => { }).ConfigType("application/vnd.cncf.helm.config.v1+json").Build());

        Assert.Equal(
            (FailureReason.UnsupportedImage, "it is not a container image but an artifact of type 'application/vnd.cncf.helm.config.v1+json'"),
            (failure.Reason, failure.Message));
    }

    [Fact]
    public async Task Windows_is_unsupported_by_its_configuration_and_by_its_index()
    {
        var windows = new ImageBuilder().Layer(_ => { }).Platform("windows", "amd64").Build();

        Assert.Equal(FailureReason.UnsupportedImage, (await FailAsync(windows)).Reason);
        Assert.Equal(FailureReason.UnsupportedImage, (await FailAsync(ImageBuilder.Index((windows, "windows/amd64")))).Reason);
    }

    [Fact]
    public async Task An_index_without_the_platform_tells_what_it_has()
    {
        var image = new ImageBuilder().Layer(_ => { }).Build();

        var failure = await FailAsync(ImageBuilder.Index((image, "linux/arm64/v8"), (image, "linux/s390x"), (image, "unknown/unknown")));

        Assert.Equal(
            (FailureReason.PlatformNotFound, "there is no image for linux/amd64, only for linux/arm64/v8, linux/s390x"), (failure.Reason, failure.Message));
    }

    [Theory]
    [InlineData("artifactType")]
    [InlineData("mediaType")]
    public async Task A_text_that_is_no_Unicode_makes_a_manifest_invalid(string field)
    {
        var image = new ImageBuilder().Layer(_ => { })
            .ChangeManifest(manifest => $"{manifest.TrimEnd('}')},\"{field}\":\"\\ud800\"}}").Build();

        Assert.Equal(FailureReason.ManifestInvalid, (await FailAsync(image)).Reason);
    }

    [Fact]
    public async Task Docker_manifests_are_read() => Assert.Empty((await ReadAsync(new ImageBuilder().Layer(_ => { }).AsDocker().Build())).Components);

    [Fact]
    public async Task Index_in_index_is_followed_and_has_an_end()
    {
        var image = new ImageBuilder().Layer(tar => tar.File("node_modules/x/package.json", """{"name":"x","version":"1.0.0"}""")).Build();
        var twice = ImageBuilder.Index((ImageBuilder.Index((image, "linux/amd64")), "linux/amd64"));
        var deep = Enumerable.Range(0, 6).Aggregate(image, (inner, _) => ImageBuilder.Index((inner, "linux/amd64")));

        Assert.Single((await ReadAsync(twice)).Components);
        Assert.Equal(FailureReason.ManifestInvalid, (await FailAsync(deep)).Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"layers\":[]}")]
    [InlineData("{" + Config + "}")]
    [InlineData("{" + Config + ",\"layers\":{}}")]
    [InlineData("{" + Config + ",\"layers\":[{}]}")]
    [InlineData("{" + Config + ",\"layers\":[{\"digest\":\"sha256:../../etc/passwd\",\"size\":1}]}")]
    [InlineData("{" + Config + ",\"layers\":[{\"digest\":\"DIGEST\"}]}")]
    [InlineData("{" + Config + ",\"layers\":[{\"digest\":\"DIGEST\",\"size\":-1}]}")]
    [InlineData("{" + Config + ",\"layers\":[{\"digest\":\"DIGEST\",\"size\":1e99}]}")]
    [InlineData("{" + Config + ",\"layers\":[],\"manifests\":[]}")]
    [InlineData("{\"manifests\":[{\"digest\":7,\"size\":1}]}")]
    public void What_is_no_manifest_is_refused(string text) => Assert.Equal(FailureReason.ManifestInvalid, Fail(text));

    [Theory]
    [InlineData("{\"schemaVersion\":1,\"name\":\"x\",\"fsLayers\":[]}", null)]
    [InlineData("{}", "application/vnd.docker.distribution.manifest.v1+prettyjws")]
    public void Manifests_of_the_first_schema_are_unsupported(string text, string? type) =>
        Assert.Equal(FailureReason.UnsupportedImage, Fail(text, type));

    [Fact]
    public void A_manifest_nested_without_end_is_refused() =>
        Assert.Equal(FailureReason.ManifestInvalid, Fail($"{{\"a\":{new string('[', 10_000)}{new string(']', 10_000)}}}"));

    [Fact]
    public void A_manifest_with_endless_layers_is_refused()
    {
        var layers = string.Join(',', Enumerable.Repeat("{\"digest\":\"DIGEST\",\"size\":1}", 5000));

        Assert.Equal(FailureReason.ManifestInvalid, Fail("{" + Config + ",\"layers\":[" + layers + "]}"));
    }

    [Theory]
    [InlineData("amd64", null, "linux/amd64", true)]
    [InlineData("arm64", null, "linux/arm64/v8", true)]
    [InlineData("arm", "v7", "linux/arm/v6", false)]
    [InlineData("arm", "v7", "linux/arm/v7", true)]
    public async Task A_variant_that_one_side_leaves_out_fits(string architecture, string? variant, string offered, bool fits)
    {
        var image = new ImageBuilder().Layer(_ => { }).Build();
        using var directory = new TemporaryDirectory();
        ImageBuilder.Index((image, offered)).WriteLayout(directory.Path);

        var resolving = new OciLayout(directory.Path, null)
            .ResolveAsync(new Platform("linux", architecture, variant), TestContext.Current.CancellationToken);

        if (fits)
        {
            Assert.Equal(image.Digest, (await resolving).Digest.Value);
        }
        else
        {
            await Assert.ThrowsAsync<InventoryException>(() => resolving);
        }
    }

    private static FailureReason Fail(string text, string? type = null)
    {
        var content = Encoding.UTF8.GetBytes(text.Replace("DIGEST", ImageBuilder.DigestOf([]), StringComparison.Ordinal));
        return Assert.Throws<InventoryException>(() => ManifestDocument.Parse(content, type)).Failure.Reason;
    }
}
