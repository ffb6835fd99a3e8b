using System.CommandLine;
using OssRuntime.Cli.Terminal;

namespace OssRuntime.Cli.Commands;

/// <summary><c>ossruntime db build</c>: a database from feeds, in the place of the one from before.</summary>
internal static class DatabaseBuildCommand
{
    private const string Description = """
        Builds a database from feeds. The same feeds always give the same file, byte for byte.

        A source that suddenly loses many records keeps the data of the build before, and the others go on. What each source was read from is kept in OUTPUT.sources for that.
        Exit codes: 0 complete; 4 the database was written, but something is missing or was kept from before; 3 the file stays as it was.
        """;

    public static Command Create(TimeProvider time)
    {
        var build = new DatabaseBuild(time);
        var command = new Command("build", Description);
        build.AddTo(command);
        command.SetAction(async (parsed, cancel) => await build.RunAsync(parsed, cancel) is { } gaps ? gaps.IsEmpty ? ExitCode.Done : ExitCode.Partial : ExitCode.Unreadable);
        return command;
    }
}
