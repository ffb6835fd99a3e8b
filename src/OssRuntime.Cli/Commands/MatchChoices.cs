using System.CommandLine;
using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.NameChecks;
using OssRuntime.Cli.Terminal;

namespace OssRuntime.Cli.Commands;

/// <summary>The options of a scan that say what an owner has decided about matching.</summary>
internal sealed class MatchChoices
{
    private readonly Option<string[]> _extended = Many("--extended-support", "A product, or product and release cycle ('debian', 'spring-boot 2.7'), for which you have extended support: its end of life is then the end of that.");
    private readonly Option<string[]> _reserved = Many("--reserved-name", "Names reserved for your own packages, and where these come from: 'npm:@acme/*=https://npm.acme.example/'.");
    private readonly Option<bool> _upstream = new("--upstream-advisories")
    {
        Description = "For software that an OS package installed, use the advisories of its language when the distribution has published none on that package.",
    };

    // The first name of that option: it goes on working and is shown nowhere.
    private readonly Option<bool> _formerName = new("--upstream-where-silent") { Hidden = true };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_extended);
        command.Add(_reserved);
        command.Add(_upstream);
        command.Add(_formerName);
    }

    /// <summary>What the user chose.</summary>
    /// <exception cref="CommandLineException">A reserved name is not written as it should be.</exception>
    public MatchOptions Read(ParseResult parsed)
    {
        try
        {
            return new MatchOptions
            {
                ExtendedSupport = [.. parsed.GetValue(_extended)!],
                ReservedNames = ReservedNames.Read(parsed.GetValue(_reserved)!),
                AskUpstreamWhereSilent = parsed.GetValue(_upstream) || parsed.GetValue(_formerName),
            };
        }
        catch (FormatException error)
        {
            throw new CommandLineException(ExitCode.Usage, error.Message);
        }
    }

    private static Option<string[]> Many(string name, string description) =>
        new(name) { Description = $"{description} May be given several times.", DefaultValueFactory = _ => [] };
}
