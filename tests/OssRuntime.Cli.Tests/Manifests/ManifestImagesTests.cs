using OssRuntime.Cli.Manifests;
using OssRuntime.Testing.Images;

namespace OssRuntime.Cli.Tests.Manifests;

public sealed class ManifestImagesTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    [Fact]
    public void Images_of_all_container_classes_of_any_kind_are_found_once_and_in_order() => Assert.Equal(
        ["a:1", "b:1", "c:1", "d:1"],
        Find("""
            apiVersion: example.com/v1
            kind: Rollout
            spec:
              template:
                spec:
                  initContainers: [{name: a, image: "a:1"}]
                  containers:
                    - {name: b, image: b:1, env: [{name: image, value: no}]}
                    - {image: a:1}
                  ephemeralContainers: [{image: 'c:1'}]
            ---
            {"kind": "List", "items": [{"spec": {"containers": [{"image": "d:1"}]}}]}
            """));

    [Theory]
    [InlineData("kind: ConfigMap\ndata: {image: a, containers: b}")]
    [InlineData("spec: {image: {repository: a}, containers: {image: b}}")]
    [InlineData("containers: [image: {tag: 1}]")]
    [InlineData("")]
    public void What_is_no_container_is_no_image(string text) => Assert.Empty(Find(text));

    [Fact]
    public void Aliases_are_not_expanded()
    {
        var bomb = string.Join('\n', Enumerable.Range(1, 40).Select(level => $"a{level}: &a{level} [*a{level - 1}, *a{level - 1}]").Prepend("a0: &a0 [x]"));
        Assert.Equal(["after:1"], Find($"{bomb}\nspec: {{containers: [{{image: after:1}}]}}"));
    }

    [Theory]
    [InlineData("a: ]")]
    [InlineData("a: b: c: - d")]
    public void A_file_that_is_no_YAML_is_named_with_its_line(string text)
    {
        var error = Assert.Throws<InvalidDataException>(() => Find(text));
        Assert.Contains("deploy.yaml, line 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Endless_nesting_is_refused() => Assert.Throws<InvalidDataException>(() => Find(new string('[', 10_000)));

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<string> Find(string text)
    {
        File.WriteAllText(_folder["deploy.yaml"], text);
        return ManifestImages.Find(_folder.Path);
    }
}
