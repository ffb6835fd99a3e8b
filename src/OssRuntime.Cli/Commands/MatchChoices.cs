using System.CommandLine;
using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.NameChecks;
using OssRuntime.Cli.Terminal;

namespace OssRuntime.Cli.Commands;

/// <summary>The options of a scan that say what an owner has decided about matching.</summary>
internal sealed class MatchChoices
{
    private readonly Option<string[]> _extended = Many("--extended-support", "A product, or product and cycle ('debian', 'spring-boot 2.7'), that there is extended support for: it ends when that does.");
    private readonly Option<string[]> _reserved = Many("--reserved-name", "A name that is kept for packages of one's own, and where they come from: 'npm:@acme/*=https://npm.acme.example/'.");
    private readonly Option<bool> _silent = new("--upstream-where-silent")
    {
        Description = "Ask a language's own advisories about what an OS package installed, where its distribution says nothing at all about that package.",
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_extended);
        command.Add(_reserved);
        command.Add(_silent);
    }

    /// <summary>What the user chose.</summary>
    /// <exception cref="CommandLineException">A name is none.</exception>
    public MatchOptions Read(ParseResult parsed)
    {
        try
        {
            return new MatchOptions
            {
                ExtendedSupport = [.. parsed.GetValue(_extended)!],
                ReservedNames = ReservedNames.Read(parsed.GetValue(_reserved)!),
                AskUpstreamWhereSilent = parsed.GetValue(_silent),
            };
        }
        catch (FormatException error)
        {
            throw new CommandLineException(ExitCode.Usage, error.Message);
        }
    }

    private static Option<string[]> Many(string name, string description) =>
        new(name) { Description = $"{description} May be given again.", DefaultValueFactory = _ => [] };
}
