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

    /// <summary>The cases of the specification's own test suites, as other programs ask them.</summary>
    [Fact]
    public async Task Package_URLs_are_read_as_the_specification_has_it()
    {
        var cases = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "specification", "purl.txt")).Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.StartsWith("! ", StringComparison.Ordinal) ? (line[2..], null) : (line.Split(" -> ")[0], line.Split(" -> ")[1])).ToList();

        var result = await CommandLine.RunAsync(string.Concat(cases.Select(c => c.Item1 + "\n")), "inspect", "purl");

        var answers = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(cases.Count, answers.Count);
        Assert.InRange(cases.Count, 100, 1000);
        Assert.Empty(cases.Zip(answers).Where(pair => (pair.Second.TryGetProperty("canonical", out var text) ? text.GetString() : null) != pair.First.Item2).Select(pair => pair.First.Item1));
    }

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
