using System.Collections.Immutable;
using System.CommandLine;
using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.Names;
using OssRuntime.Cli.Output;

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
    public MatchOptions Read(ParseResult parsed) => new()
    {
        ExtendedSupport = [.. parsed.GetValue(_extended)!],
        ReservedNames = [.. parsed.GetValue(_reserved)!.Select(Reserved).GroupBy(name => (name.Ecosystem, name.Pattern)).Select(group => new ReservedNames(group.Key.Ecosystem, group.Key.Pattern, [.. group.SelectMany(name => name.Origins)]))],
        AskUpstreamWhereSilent = parsed.GetValue(_silent),
    };

    private static ReservedNames Reserved(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return colon > 0 && equals > colon + 1 && equals < text.Length - 1
            ? new ReservedNames(text[..colon], text[(colon + 1)..equals], ImmutableArray.Create(text[(equals + 1)..]))
            : throw new CommandLineException(ExitCode.Usage, $"'{text}' is not ECOSYSTEM:NAME=ADDRESS");
    }

    private static Option<string[]> Many(string name, string description) =>
        new(name) { Description = $"{description} May be given again.", DefaultValueFactory = _ => [] };
}
