using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using OssRuntime.Cli.Output;
using OssRuntime.Cli.Terminal;

namespace OssRuntime.Cli.Commands;

/// <summary>The options that say in which formats a scan is reported, and where to.</summary>
internal sealed class OutputOptions
{
    // As kubectl has it.
    private const string Wide = "wide";

    private readonly Option<ReportFormat> _format = new("--format")
    {
        Description = $"The format: {ReportFormats.Names}. The SBOM formats (cyclonedx, spdx, spdx3) take one target and need no advisories.",
        CustomParser = ReadFormat,
    };

    private readonly Option<string[]> _outputs = new("--output", "-o")
    {
        Description = "Write the report to this FILE instead of standard output (-). FORMAT=FILE writes one more report in that format; may be given several times.",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _all = new("--all") { Description = "Show each finding and each path in the table; -o wide does the same." };

    public OutputOptions() => _format.CompletionSources.Add(_ => ReportFormats.List.Select(name => new System.CommandLine.Completions.CompletionItem(name)));

    public void AddTo(Command command)
    {
        command.Options.Add(_format);
        command.Options.Add(_outputs);
        command.Options.Add(_all);
    }

    /// <summary>True where a table is to show each finding and each path.</summary>
    public bool IsWide(ParseResult parsed) => parsed.GetValue(_all) || parsed.GetValue(_outputs)!.Contains(Wide, StringComparer.Ordinal);

    /// <summary>The reports that the user asked for.</summary>
    /// <exception cref="CommandLineException">They do not go together.</exception>
    public ImmutableArray<ReportOutput> Read(ParseResult parsed)
    {
        var (read, error) = ReportOutput.Parse(parsed.GetValue(_format), parsed.GetResult(_format) is { Implicit: false }, [.. parsed.GetValue(_outputs)!.Where(output => output != Wide)]);
        return error is null ? [.. read] : throw new CommandLineException(ExitCode.Usage, TerminalText.Safe(error));
    }

    private static ReportFormat ReadFormat(ArgumentResult result)
    {
        if (result.Tokens is [var token] && ReportFormats.Find(token.Value) is { } format)
        {
            return format;
        }

        result.AddError(TerminalText.Safe($"--format {string.Join(' ', result.Tokens)}: the formats are {ReportFormats.Names}"));
        return default;
    }
}
