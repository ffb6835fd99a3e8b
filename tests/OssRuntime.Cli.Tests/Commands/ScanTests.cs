using OssRuntime.Cli.Terminal;

namespace OssRuntime.Cli.Tests.Commands;

/// <summary><c>ossruntime scan</c> as a process.</summary>
public sealed class ScanTests(ScanStage stage) : IClassFixture<ScanStage>
{
    public static TheoryData<string> Targets => ["oci:layout", "oci:layout:1", "oci-archive:oci.tar", "rootfs:root", "registry"];

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Every_kind_of_target_shows_the_same_flaw(string target)
    {
        var result = await CommandLine.RunAsync(["scan", Resolve(target), "--db", stage.Database, "--format", "json"]);
        Assert.Equal(ExitCode.Done, result.ExitCode);
        var finding = Assert.Single(Assert.Single(result.Json().GetProperty("targets").EnumerateArray()).GetProperty("findings").EnumerateArray());
        Assert.Equal("CVE-2026-0001", finding.GetProperty("id").GetString());
        Assert.Equal("pkg:npm/left-pad@1.0.0", finding.GetProperty("component").GetString());
        Assert.Equal("Critical", finding.GetProperty("severity").GetString());
        Assert.Equal("1.1.0", finding.GetProperty("fixedIn").GetString());
        Assert.Equal("app/node_modules/left-pad/package.json", finding.GetProperty("location").GetProperty("path").GetString());
    }

    [Fact]
    public async Task Manifests_are_the_images_that_they_name()
    {
        await File.WriteAllTextAsync(
            stage["deploy.yaml"],
            $$"""
            apiVersion: apps/v1
            kind: Deployment
            spec:
              template:
                spec:
                  initContainers: [{name: a, image: "{{stage.Reference}}"}]
                  containers: [{name: b, image: "{{stage.Reference}}"}]
            ---
            apiVersion: v1
            kind: Pod
            spec: {containers: [{name: c, image: "{{stage.ManyFlawsReference}}"}]}
            """);
        var result = await CommandLine.RunAsync(["scan", $"manifests:{stage["deploy.yaml"]}", "--inventory-only", "--format", "json"]);
        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Equal(
            [stage.Reference, stage.ManyFlawsReference],
            result.Json().GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("target").GetString()));
    }

    [Fact]
    public async Task With_a_store_no_layer_is_read_twice()
    {
        var store = stage["kept/inventory.db"];
        var first = await CommandLine.RunAsync(["scan", $"oci:{stage["layout"]}", "--inventory-only", "--format", "json", "--store", store]);
        var layers = await stage.CopyLayoutWithoutLayersAsync("bare");
        var second = await CommandLine.RunAsync(["scan", $"oci:{layers}", "--inventory-only", "--format", "json", "--store", store]);
        var without = await CommandLine.RunAsync(["scan", $"oci:{layers}", "--inventory-only", "--format", "json"]);

        Assert.Equal(ExitCode.Done, first.ExitCode);
        Assert.Equal(ExitCode.Done, second.ExitCode);
        Assert.Equal(ExitCode.Unreadable, without.ExitCode);
        Assert.Equal(
            first.Json().GetProperty("targets")[0].GetProperty("inventory").GetRawText(),
            second.Json().GetProperty("targets")[0].GetProperty("inventory").GetRawText());
    }

    [Fact]
    public async Task The_table_says_what_a_known_base_image_brings()
    {
        var listed = await CommandLine.RunAsync(["scan", $"oci:{stage["layout"]}", "--inventory-only", "--format", "json"]);
        var inventory = listed.Json().GetProperty("targets")[0].GetProperty("inventory");
        var lowest = inventory.GetProperty("layers")[0].GetProperty("digest").GetString();
        await File.WriteAllTextAsync(stage["bases.txt"], $"acme-base:1 {lowest}\n", TestContext.Current.CancellationToken);

        var result = await CommandLine.RunAsync(["scan", $"oci:{stage["layout"]}", "--inventory-only", "--base-images", stage["bases.txt"]]);
        Assert.Matches(@"base image\s+acme-base:1: contributes \d+ of \d+ components", result.Output);
    }

    [Fact]
    public async Task Layers_that_images_of_one_scan_share_are_read_once()
    {
        // The copy has no layers: what it shows can only have been read with the first image.
        var layers = await stage.CopyLayoutWithoutLayersAsync("sharing");
        var result = await CommandLine.RunAsync(["scan", $"oci:{stage["layout"]}", $"oci:{layers}", "--inventory-only", "--format", "json"]);
        var alone = await CommandLine.RunAsync(["scan", $"oci:{layers}", "--inventory-only", "--format", "json"]);

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Equal(ExitCode.Unreadable, alone.ExitCode);
        var targets = result.Json().GetProperty("targets");
        Assert.Equal(targets[0].GetProperty("inventory").GetRawText(), targets[1].GetProperty("inventory").GetRawText());
    }

    [Fact]
    public async Task Nothing_of_five_thousand_findings_is_cut()
    {
        var result = await CommandLine.RunAsync(["scan", stage.ManyFlawsReference, "--db", stage.Database, "--format", "json"]);
        Assert.Equal(ScanStage.ManyFlaws, result.Json().GetProperty("targets")[0].GetProperty("findings").GetArrayLength());
    }

    [Fact]
    public async Task The_table_says_what_is_dangerous_and_what_could_not_be_read()
    {
        var result = await CommandLine.RunAsync(["scan", stage.Reference, "--db", stage.Database]);
        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Contains("CVE-2026-0001", result.Output, StringComparison.Ordinal);
        Assert.Contains("app/node_modules/broken/package.json", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--all")]
    [InlineData("-o", "wide")]
    public async Task The_table_names_each_place_where_somebody_asks(params string[] more)
    {
        var result = await CommandLine.RunAsync(["scan", stage.Reference, "--db", stage.Database, .. more]);
        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Contains("in left-pad 1.0.0: app/node_modules/left-pad/package.json", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExitCode.Usage, "scan")]
    [InlineData(ExitCode.Usage, "scan", "rootfs:root", "--platform", "nowhere")]
    [InlineData(ExitCode.Usage, "scan", "rootfs:root", "--no-such-option")]
    [InlineData(ExitCode.Unreadable, "scan", "rootfs:nowhere", "--inventory-only")]
    [InlineData(ExitCode.Unreadable, "scan", "oci:nowhere", "--inventory-only")]
    [InlineData(ExitCode.Unreadable, "scan", "docker-archive:oci.tar", "--inventory-only")]
    [InlineData(ExitCode.Unreadable, "scan", "manifests:nowhere", "--inventory-only")]
    [InlineData(ExitCode.Unreadable, "scan", "127.0.0.1:1/no/registry:1", "--inventory-only")]
    [InlineData(ExitCode.Unreadable, "scan", "rootfs:root", "--db", "nowhere")]
    [InlineData(ExitCode.Partial, "scan", "rootfs:root", "rootfs:nowhere", "--inventory-only")]
    public async Task The_exit_code_says_how_it_went(int code, params string[] arguments)
    {
        var result = await CommandLine.RunAsync(arguments.Select(Resolve));
        Assert.Equal(code, result.ExitCode);
        Assert.NotEmpty(result.Error + result.Output);
        Assert.DoesNotContain("   at OssRuntime", result.Error, StringComparison.Ordinal);
    }

    /// <summary>docs/scan-json.md is the contract: what is written is named there.</summary>
    [Fact]
    public async Task Every_field_of_the_JSON_is_documented()
    {
        var result = await CommandLine.RunAsync(["scan", stage.Reference, "rootfs:nowhere", "--db", stage.Database, "--format", "json"]);
        Assert.Equal(ExitCode.Partial, result.ExitCode);
        var documented = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "docs", "scan-json.md"));
        var fields = JsonFields.Of(result.Json());
        Assert.Contains("knownExploited", fields);
        Assert.Contains("unknowns", fields);
        Assert.Empty(fields.Where(field => !JsonFields.IsNamedIn(documented, field)));
    }

    // Names stand for what the stage made; everything else is taken as it is.
    private string Resolve(string argument) => argument switch
    {
        "registry" => stage.Reference,
        _ when argument.IndexOf(':', StringComparison.Ordinal) is var colon && colon > 0 && !char.IsDigit(argument[0]) => argument[..(colon + 1)] + stage[argument[(colon + 1)..]],
        _ => argument,
    };
}
