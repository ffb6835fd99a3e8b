using System.Collections.Immutable;
using System.CommandLine;
using OssRuntime.Advisories.Adoption;
using OssRuntime.Advisories.Database;
using OssRuntime.Cli.Output;
using OssRuntime.Cli.Terminal;

namespace OssRuntime.Cli.Commands;

/// <summary>The building of a database with its options, for the commands that do it.</summary>
internal sealed class DatabaseBuild(TimeProvider time)
{
    private readonly Option<string[]> _feeds = new("--feeds")
    {
        Description = "A folder or an http(s) address with feeds in the publishers' layout, or 'publishers' to download from the publishers themselves. May be given several times.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> _output = new("--output", "-o") { Description = "The file to write.", DefaultValueFactory = _ => DatabaseLocation.Default };

    private readonly Option<string[]> _require = new("--require")
    {
        Description = "Sources that must be in the database, by the names that 'db info' shows: osv/npm, or osv for any of its parts. May be given several times.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _accept = new("--accept")
    {
        Description = "Sources that may lose many records. Without it, a source that suddenly shrinks keeps the data from the build before.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _force = new("--force") { Description = "Take whatever the feeds give now, even if every source shrinks." };

    /// <summary>Adds the options.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_feeds, _output, _require, _accept, _force])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The file that is written.</summary>
    public string Output(ParseResult parsed) => Path.GetFullPath(parsed.GetValue(_output)!);

    /// <summary>Builds, and tells what is in the database and what is missing; what is missing, or null where there are no advisories at all.</summary>
    /// <exception cref="CommandLineException">Nothing was built, and the file stays as it was.</exception>
    public async Task<ImmutableArray<string>?> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var file = Output(parsed);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var progress = Console.IsErrorRedirected ? null : new Progress<string>(step => Console.Error.WriteLine($"  {step}"));
        try
        {
            var feeds = new FeedRoots(time, Path.Combine(Path.GetDirectoryName(file)!, "feeds"));
            var roots = await feeds.OpenAsync(parsed.GetValue(_feeds)!, progress, cancel);
            var options = new UpdateOptions
            {
                Building = new DatabaseBuildOptions { Troubles = feeds.Troubles },
                Force = parsed.GetValue(_force),
                Accepted = feeds.Gone.Union(parsed.GetValue(_accept) ?? []),
            };
            var info = await new DatabaseUpdate(time, options).BuildAsync(roots, file, progress, cancel);
            DatabaseReport.Write(Console.Out, info);
            var gaps = BuildGaps.Of(info, parsed.GetValue(_require) ?? [], time.GetUtcNow());
            foreach (var gap in gaps)
            {
                await Console.Error.WriteLineAsync($"ossruntime: {TerminalText.Safe(gap)}");
            }

            return info.Advisories == 0 ? null : gaps;
        }
        catch (Exception error) when (error is AdvisoryDatabaseException or IOException or UnauthorizedAccessException)
        {
            throw new CommandLineException(ExitCode.Unreadable, error.Message);
        }
    }
}
