using System.CommandLine;
using OssRuntime.Cli.Commands;
using OssRuntime.Cli.Terminal;
using OssRuntime.Testing.Images;

namespace OssRuntime.Cli.Tests.Commands;

public sealed class ScanSbomTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Theory]
    [InlineData("cyclonedx", "\"specVersion\": \"1.6\"")]
    [InlineData("spdx", "\"spdxVersion\": \"SPDX-2.3\"")]
    [InlineData("spdx3", "\"specVersion\": \"3.0.1\"")]
    public async Task An_image_becomes_an_SBOM_and_the_SBOM_is_a_target_again(string format, string mark)
    {
        new ImageBuilder().Layer(tar => tar.File("app/node_modules/left-pad/package.json", """{"name":"left-pad","version":"1.3.0"}""")).Build()
            .WriteLayout(Path("image"));

        Assert.Equal(ExitCode.Done, await ScanAsync($"oci:{Path("image")}", "--format", format, "--output", Path("bom"), "--at", "2026-11-24"));
        var first = File.ReadAllText(Path("bom"));
        Assert.Contains(mark, first, StringComparison.Ordinal);
        Assert.Contains("2026-11-24T00:00:00Z", first, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Done, await ScanAsync($"oci:{Path("image")}", "--format", format, "--output", Path("again"), "--at", "2026-11-24"));
        Assert.Equal(first, File.ReadAllText(Path("again")));

        Assert.Equal(ExitCode.Done, await ScanAsync($"sbom:{Path("bom")}", "--inventory-only", "--format", "json", "--output", Path("json")));
        var json = File.ReadAllText(Path("json"));
        Assert.Contains("\"source\": \"SbomFile\"", json, StringComparison.Ordinal);
        Assert.Contains("\"purl\": \"pkg:npm/left-pad@1.3.0\"", json, StringComparison.Ordinal);
        Assert.Contains("\"path\": \"app/node_modules/left-pad/package.json\"", json, StringComparison.Ordinal);
        Assert.Contains("\"declared\": true", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_SBOM_cannot_be_read()
    {
        File.WriteAllText(Path("page.html"), "<html>not found</html>");

        Assert.Equal(ExitCode.Unreadable, await ScanAsync($"sbom:{Path("page.html")}", "--inventory-only", "--format", "json", "--output", Path("json")));
        Assert.Contains("\"reason\": \"SourceInvalid\"", File.ReadAllText(Path("json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_cannot_be_read_leaves_no_SBOM_behind()
    {
        var error = await Assert.ThrowsAsync<CommandLineException>(() => ScanAsync($"sbom:{Path("nothing")}", "--format", "cyclonedx", "--output", Path("bom")));

        Assert.Equal(ExitCode.Unreadable, error.ExitCode);
        Assert.Contains("SourceNotFound", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path("bom")));
    }

    [Theory]
    [InlineData("sbom:a", "sbom:b")]
    [InlineData("manifests:deploy")]
    public async Task An_SBOM_is_of_one_target(params string[] targets)
    {
        var error = await Assert.ThrowsAsync<CommandLineException>(() => ScanAsync([.. targets, "--format", "spdx"]));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
    }

    [Fact]
    public async Task An_SBOM_among_the_files_is_held_against_them_unless_only_the_layers_are_asked_for()
    {
        const string Bitnami = """
            {"SPDXID":"SPDXRef-DOCUMENT","spdxVersion":"SPDX-2.3","packages":[{"SPDXID":"SPDXRef-1","name":"nginx","versionInfo":"1.25.3",
             "externalRefs":[{"referenceType":"purl","referenceLocator":"pkg:bitnami/nginx@1.25.3"}]}]}
            """;
        new ImageBuilder().Layer(tar => tar.File("opt/bitnami/nginx/.spdx-nginx.spdx", Bitnami)).Build().WriteLayout(Path("image"));

        Assert.Equal(ExitCode.Done, await ScanAsync($"oci:{Path("image")}", "--inventory-only", "--format", "json", "--output", Path("auto")));
        Assert.Equal(ExitCode.Done, await ScanAsync($"oci:{Path("image")}", "--inventory-only", "--format", "json", "--output", Path("layers"), "--source", "layers"));
        Assert.Equal(
            ExitCode.Unreadable,
            await ScanAsync($"oci:{Path("image")}", "--inventory-only", "--format", "json", "--output", Path("none"), "--source", "sbom", "--sbom-unverified", "none"));

        var found = File.ReadAllText(Path("auto"));
        Assert.Contains("\"purl\": \"pkg:bitnami/nginx@1.25.3\"", found, StringComparison.Ordinal);
        Assert.Contains("\"source\": \"EmbeddedSbom\"", found, StringComparison.Ordinal);
        Assert.DoesNotContain("nginx", File.ReadAllText(Path("layers")), StringComparison.Ordinal);
        Assert.Contains("\"reason\": \"SbomNotFound\"", File.ReadAllText(Path("none")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--sbom-kind", "everywhere", "'everywhere' is not a kind of SBOM; the kinds are referrers, cosign, buildkit, embedded")]
    [InlineData("--sbom-trust", "/nowhere/key.pem", "'/nowhere/key.pem' holds no keys to trust: ")]
    public async Task A_choice_that_is_none_is_a_mistake_of_usage(string option, string value, string message)
    {
        var error = await Assert.ThrowsAsync<CommandLineException>(() => ScanAsync("oci:nothing", "--inventory-only", option, value));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private static Task<int> ScanAsync(params string[] arguments) =>
        ScanCommand.Create(TimeProvider.System).Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);

    private string Path(string name) => System.IO.Path.Combine(_directory.Path, name);
}
