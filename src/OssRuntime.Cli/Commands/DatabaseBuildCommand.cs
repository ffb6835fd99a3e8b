using System.CommandLine;
using OssRuntime.Advisories.Adoption;
using OssRuntime.Advisories.Database;
using OssRuntime.Cli.Output;
using OssRuntime.Cli.Terminal;

namespace OssRuntime.Cli.Commands;

/// <summary><c>ossruntime db build</c>: a database from feeds, in the place of the one from before.</summary>
internal sealed class DatabaseBuildCommand(TimeProvider time)
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

    public static Command Create(TimeProvider time) => new DatabaseBuildCommand(time).Create();

    private Command Create()
    {
        var command = new Command(
            "build",
            "Builds a database from feeds. The same feeds always give the same file, byte for byte. Exit code 4: the database was written, but something is missing or was kept from before; 3: the file stays as it was.")
        {
            _feeds, _output, _require, _accept, _force,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var file = Path.GetFullPath(parsed.GetValue(_output)!);
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

            return info.Advisories == 0 ? ExitCode.Unreadable : gaps.IsEmpty ? ExitCode.Done : ExitCode.Partial;
        }
        catch (Exception error) when (error is AdvisoryDatabaseException or IOException or UnauthorizedAccessException)
        {
            throw new CommandLineException(ExitCode.Unreadable, error.Message);
        }
    }
}
