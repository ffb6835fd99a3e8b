using System.Text.Json;
using OssRuntime.Cli.Manifests;
using OssRuntime.Testing.Images;

namespace OssRuntime.Cli.Tests.Manifests;

/// <summary>Manifests become the JSON that an API server would make of them.</summary>
public sealed class YamlJsonTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    [Theory]
    [InlineData("a: 1", """{"a":1}""")]
    [InlineData("a: '1'", """{"a":"1"}""")]
    [InlineData("a: 1.5", """{"a":1.5}""")]
    [InlineData("a: 1.2.3", """{"a":"1.2.3"}""")]
    [InlineData("a: true\nb: yes\nc: ~\nd:", """{"a":true,"b":"yes","c":null,"d":null}""")]
    [InlineData("a: 2027-01-01T00:00:00Z", """{"a":"2027-01-01T00:00:00Z"}""")]
    [InlineData("a: [x, {b: y}]", """{"a":["x",{"b":"y"}]}""")]
    [InlineData("a: !!str 1", """{"a":"1"}""")]
    [InlineData("a: .inf\nb: 0x10\nc: 1e400", """{"a":".inf","b":"0x10","c":"1e400"}""")]
    [InlineData("""{"a": [1, "x"]}""", """{"a":[1,"x"]}""")]
    public void Scalars_are_what_the_core_schema_says(string yaml, string json) => Assert.Equal(json, Assert.Single(Read(yaml)).GetRawText());

    [Fact]
    public void Documents_and_lists_are_taken_apart()
    {
        Assert.Equal(["{\"a\":1}", "{\"a\":2}"], Read("---\na: 1\n---\n---\na: 2\n").Select(item => item.GetRawText()));
        Assert.Equal(["{\"a\":1}", "{\"a\":2}"], Read("kind: RiskPolicyList\nitems: [{a: 1}, {a: 2}]").Select(item => item.GetRawText()));
        Assert.Empty(Read(""));
    }

    [Theory]
    [InlineData("a: &x [1]\nb: *x")]
    [InlineData("a: [")]
    [InlineData("? [a]\n: b")]
    public void What_cannot_be_read_is_said_with_its_line(string yaml) => Assert.Contains("line", Assert.Throws<InvalidDataException>(() => Read(yaml)).Message, StringComparison.Ordinal);

    [Fact]
    public void Who_needs_no_aliases_reads_null_for_each()
    {
        File.WriteAllText(_folder["x.yaml"], "a: &x [1]\nb: *x");
        Assert.Equal("""{"a":[1],"b":null}""", Assert.Single(YamlJson.ReadWithoutAliases(_folder["x.yaml"])).Item.GetRawText());
    }

    [Fact]
    public void Nesting_without_end_is_refused() => Assert.Throws<InvalidDataException>(() => Read(new string('[', 100_000)));

    public void Dispose() => _folder.Dispose();

    private List<JsonElement> Read(string yaml)
    {
        File.WriteAllText(_folder["x.yaml"], yaml);
        return [.. YamlJson.Read(_folder["x.yaml"]).Select(pair => pair.Item)];
    }
}
