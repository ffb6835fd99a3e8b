using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.Tests.Integrity;

/// <summary>What an image may be pulled with is believed where the operator wrote it.</summary>
public sealed class AskedForTests
{
    private static readonly PullIdentity Pull = new("shop", "web", ["pull", "other"]);

    private static readonly ImageInventorySpec Image = new() { Digest = Samples.Digest('a').Value, Platform = "linux/amd64", Image = "registry.example/web:1" };

    private readonly SealKeys _keys = new(new byte[32]);

    [Fact]
    public void It_is_read_back()
    {
        var (image, pull) = AskedFor.Of(Resource(AskedFor.Write(Pull, Image, _keys)), _keys)!.Value;
        Assert.Equal("registry.example/web@" + Samples.Digest('a').Value, image.ToString());
        Assert.Equal((Pull.Namespace, Pull.ServiceAccount, "pull,other"), (pull.Namespace, pull.ServiceAccount, string.Join(',', pull.Secrets)));
    }

    [Fact]
    public void Neither_other_secrets_nor_another_image_can_be_put_into_it()
    {
        var text = AskedFor.Write(Pull, Image, _keys);
        Assert.Null(AskedFor.Of(Resource(text.Replace("\"shop\"", "\"bank\"", StringComparison.Ordinal)), _keys));
        Assert.Null(AskedFor.Of(Resource(text.Replace("\"other\"", "\"admin\"", StringComparison.Ordinal)), _keys));
        Assert.Null(AskedFor.Of(Resource(text.Replace("\"web\"", "\"root\"", StringComparison.Ordinal)), _keys));
        Assert.Null(AskedFor.Of(Resource(text) with { Spec = Image with { Image = "evil.example/web:1" } }, _keys));
        Assert.Null(AskedFor.Of(Resource(text) with { Spec = Image with { Digest = Samples.Digest('b').Value } }, _keys));
        Assert.Null(AskedFor.Of(Resource(text), new SealKeys(Enumerable.Repeat((byte)1, 32).ToArray())));
        Assert.Null(AskedFor.Of(Resource("""{"namespace":"shop","serviceAccount":"web","secrets":["pull","other"]}"""), _keys));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"namespace\":7}")]
    public void What_is_none_is_nothing(string text) => Assert.Null(AskedFor.Of(Resource(text), _keys));

    private static ImageInventory Resource(string text) => new()
    {
        Metadata = new ObjectMeta { Name = "a", Annotations = new Dictionary<string, string> { [AskedFor.Annotation] = text } },
        Spec = Image,
    };
}
