using OssRuntime.Cli.Terminal;

namespace OssRuntime.Cli.Tests.Commands;

/// <summary>What is wrong with a command line is said in a sentence, with what to write instead; nothing is asked of a registry.</summary>
public sealed class WrongInputTests
{
    [Theory]
    [InlineData("--fail-onn is not an option of 'scan'. Did you mean --fail-on? 'ossruntime scan --help' lists them", "scan", "--fail-onn", "x")]
    [InlineData("--only-fixd is not an option of 'scan'. Did you mean --only-fixed?", "scan", "shop/web:1", "--only-fixd")]
    [InlineData("--helpp is not an option of 'info'. Did you mean --help? 'ossruntime db info --help' lists them", "db", "info", "--helpp")]
    [InlineData("'scn' is not a command of 'ossruntime'. Did you mean scan? The commands are scan,", "scn", "x")]
    [InlineData("'inof' is not a command of 'db'. Did you mean info? The commands are build,", "db", "inof")]
    [InlineData("--zzzzzz is not an option of 'scan'. 'ossruntime scan --help' lists them", "scan", "--zzzzzz")]
    public async Task A_mistyped_word_is_named_with_what_was_meant(string message, params string[] arguments)
    {
        var result = await CommandLine.RunAsync(arguments);
        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.StartsWith($"ossruntime: {message}", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("scan", new string[0])]
    [InlineData("lookup", new[] { "db" })]
    [InlineData("versions", new[] { "inspect" })]
    public async Task A_command_that_only_holds_others_shows_them(string shown, string[] arguments)
    {
        var result = await CommandLine.RunAsync(arguments);
        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains($"\n  {shown}", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("--help")]
    [InlineData("db", "--help")]
    public async Task What_needs_no_subcommand_is_answered(params string[] arguments)
    {
        var result = await CommandLine.RunAsync(arguments);
        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        Assert.NotEmpty(result.Output);
    }

    [Theory]
    [InlineData("scan", "sacn", true)]
    [InlineData("--output", "--ouptut", true)]
    [InlineData("-n", "-o", false)]
    [InlineData("versions", "purl", false)]
    public void Only_near_names_are_suggested(string name, string word, bool isNear) => Assert.Equal(isNear ? name : null, Suggestion.For(word, [name]));
}
