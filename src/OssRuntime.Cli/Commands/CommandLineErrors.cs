using System.CommandLine;
using System.CommandLine.Parsing;
using OssRuntime.Cli.Terminal;

namespace OssRuntime.Cli.Commands;

/// <summary>What is wrong with a command line, in sentences that say what to write instead.</summary>
internal static class CommandLineErrors
{
    /// <summary>The errors; none where the command can run.</summary>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        // What looks like an option and is none would be taken for a target, and asked of a registry.
        var command = parsed.CommandResult.Command;
        var options = OptionsOf(parsed.CommandResult).ToList();
        var mistyped = parsed.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Select(token => token.Value)
            .Concat(parsed.UnmatchedTokens)
            .Where(text => text.Length > 1 && text[0] == '-')
            .Distinct(StringComparer.Ordinal)
            .Select(text => $"{text} is not an option of '{command.Name}'.{Suggestion.Question(text.Split('=')[0], options)} 'ossruntime {PathOf(parsed.CommandResult)} --help' lists them")
            .ToList();
        if (mistyped.Count > 0)
        {
            return mistyped;
        }

        var names = command.Subcommands.Select(sub => sub.Name).ToList();
        return parsed.UnmatchedTokens.Count > 0 && names.Count > 0
            ? [$"'{parsed.UnmatchedTokens[0]}' is not a command of '{command.Name}'.{Suggestion.Question(parsed.UnmatchedTokens[0], names)} The commands are {string.Join(", ", names)}"]
            : [.. parsed.Errors.Select(error => error.Message)];
    }

    /// <summary>True where a command was named that only holds others: what it holds is the answer.</summary>
    public static bool LacksSubcommand(ParseResult parsed) => parsed.CommandResult.Command is { Subcommands.Count: > 0, Action: null } && parsed.UnmatchedTokens.Count == 0
        && !parsed.CommandResult.Children.OfType<OptionResult>().Any(option => !option.Implicit);

    private static IEnumerable<string> OptionsOf(CommandResult result) =>
        result.Command.Options.Where(option => !option.Hidden).SelectMany(option => option.Aliases.Append(option.Name)).Append("--help");

    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult parent && parent.Parent is not null ? $"{PathOf(parent)} {result.Command.Name}" : result.Parent is null ? "" : result.Command.Name;
}
