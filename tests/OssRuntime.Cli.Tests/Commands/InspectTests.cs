using System.Text.Json;

namespace OssRuntime.Cli.Tests.Commands;

/// <summary><c>ossruntime inspect</c>: lines in, lines out, as other programs use it.</summary>
public sealed class InspectTests
{
    [Fact]
    public async Task Versions_are_compared_line_by_line()
    {
        var result = await CommandLine.RunAsync("1.0 2.0\n1:1.0 2.0\n1.0~rc1 1.0\n1.0 1.0\n1.0\n", "inspect", "versions", "--ecosystem", "Debian");
        Assert.Equal(0, result.ExitCode);
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["<", ">", "<", "="], lines.Take(4));
        Assert.StartsWith("! ", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_ecosystem_is_a_wrong_argument() =>
        Assert.Equal(2, (await CommandLine.RunAsync("1 2\n", "inspect", "versions", "--ecosystem", "Nowhere")).ExitCode);

    [Fact]
    public async Task Package_URLs_are_taken_apart()
    {
        var result = await CommandLine.RunAsync("pkg:npm/%40scope/name@1.0.0?a=b#sub\nno purl\n", "inspect", "purl");
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal("@scope", lines[0].GetProperty("namespace").GetString());
        Assert.Equal("b", lines[0].GetProperty("qualifiers").GetProperty("a").GetString());
        Assert.Equal("pkg:npm/%40scope/name@1.0.0?a=b#sub", lines[0].GetProperty("canonical").GetString());
        Assert.NotEmpty(lines[1].GetProperty("error").GetString()!);
    }
}
