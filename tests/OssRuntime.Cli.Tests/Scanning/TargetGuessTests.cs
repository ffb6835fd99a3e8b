using OssRuntime.Cli.Scanning;

namespace OssRuntime.Cli.Tests.Scanning;

/// <summary>What a path is, by what lies there.</summary>
public sealed class TargetGuessTests(ScanStage stage) : IClassFixture<ScanStage>, IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(stage["manifests"]);
        await File.WriteAllTextAsync(stage["manifests/pod.yaml"], "kind: Pod");
        await File.WriteAllTextAsync(stage["web.cdx.json"], "{\"bomFormat\":\"CycloneDX\"}");
        await File.WriteAllTextAsync(stage["notes.txt"], "notes");
        await File.WriteAllBytesAsync(stage["empty"], []);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("layout", TargetKind.OciLayout, "oci:")]
    [InlineData("oci.tar", TargetKind.OciArchive, "oci-archive:")]
    [InlineData("root", TargetKind.RootFileSystem, "rootfs:")]
    [InlineData("manifests", TargetKind.Manifests, "manifests:")]
    [InlineData("manifests/pod.yaml", TargetKind.Manifests, "manifests:")]
    [InlineData("web.cdx.json", TargetKind.SbomFile, "sbom:")]
    [InlineData("notes.txt", TargetKind.OciArchive, "oci-archive:")]
    [InlineData("empty", TargetKind.OciArchive, "oci-archive:")]
    [InlineData("nowhere", TargetKind.RootFileSystem, "rootfs:")]
    internal void A_path_is_what_lies_there(string name, TargetKind kind, string scheme)
    {
        var target = ScanTarget.Parse(stage[name]);
        Assert.Equal((kind, $"{scheme}{stage[name]}", stage[name], true), (target.Kind, target.Text, target.Location, target.IsGuessed));
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("shop/web:1")]
    [InlineData("registry.example:5000/shop/web@sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    public void What_is_not_written_like_a_path_is_an_image(string text) => Assert.Equal((TargetKind.Registry, false), (ScanTarget.Parse(text).Kind, ScanTarget.Parse(text).IsGuessed));

    [Fact]
    public async Task The_kind_that_was_found_is_said()
    {
        var result = await CommandLine.RunAsync(["scan", stage["layout"], "--db", stage.Database]);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"{stage["layout"]} is read as oci:{stage["layout"]}", result.Error, StringComparison.Ordinal);
    }
}
