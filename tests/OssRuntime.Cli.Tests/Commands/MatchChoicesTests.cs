using System.CommandLine;
using OssRuntime.Cli.Commands;

namespace OssRuntime.Cli.Tests.Commands;

public class MatchChoicesTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("--upstream-advisories", true)]
    [InlineData("--upstream-where-silent", true)]
    public void A_languages_own_advisories_are_asked_under_the_new_name_and_the_former(string options, bool asked)
    {
        var (command, choices) = Command();
        Assert.Equal(asked, choices.Read(command.Parse(options)).AskUpstreamWhereSilent);
    }

    [Fact]
    public void Help_shows_no_former_name() =>
        Assert.Equal(["--upstream-where-silent"], Command().Command.Options.Where(option => option.Hidden).Select(option => option.Name));

    private static (Command Command, MatchChoices Choices) Command()
    {
        var (command, choices) = (new Command("scan"), new MatchChoices());
        choices.AddTo(command);
        return (command, choices);
    }
}
