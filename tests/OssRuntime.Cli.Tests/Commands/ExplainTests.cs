using OssRuntime.Cli.Terminal;

namespace OssRuntime.Cli.Tests.Commands;

public sealed class ExplainTests(ScanStage stage) : IClassFixture<ScanStage>
{
    [Theory]
    [InlineData("left-pad")]
    [InlineData("pkg:npm/left-pad")]
    [InlineData("pkg:npm/left-pad@1.0.0")]
    public async Task A_component_of_an_image_is_followed_to_what_is_said_about_it(string what)
    {
        var result = await ExplainAsync(what);

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Contains("pkg:npm/left-pad@1.0.0 in app/node_modules/left-pad/package.json: 1 flaw, of 1 statements on the package", result.Output, StringComparison.Ordinal);
        Assert.Contains("affected     GHSA-0000-0000-0001 (osv/npm): < 1.1.0: 1.0.0 is within < 1.1.0", result.Output, StringComparison.Ordinal);
        Assert.Contains("=> Critical CVE-2026-0001", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CVE-2026-0001", "1.0.0 is within < 1.1.0")]
    [InlineData("GHSA-0000-0000-0001", "1.0.0 is within < 1.1.0")]
    [InlineData("TEST-0001", "none of these advisories is about a component of")]
    public async Task An_advisory_is_held_against_every_component(string id, string expected)
    {
        var result = await ExplainAsync(id);

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Contains(expected, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_knows_is_a_question_asked_wrongly()
    {
        var result = await ExplainAsync("no-such-thing");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("'no-such-thing' was not found", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_is_not_there_cannot_be_read() =>
        Assert.Equal(ExitCode.Unreadable, (await CommandLine.RunAsync("", "explain", $"oci:{stage["nothing"]}", "left-pad", "--db", stage.Database)).ExitCode);

    private Task<CommandLineResult> ExplainAsync(string what) => CommandLine.RunAsync("", "explain", $"oci:{stage["layout"]}:1", what, "--db", stage.Database);
}
