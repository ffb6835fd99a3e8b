using OssRuntime.Advisories.Database;
using OssRuntime.Cli.Terminal;

namespace OssRuntime.Cli.Commands;

/// <summary>Opens an advisory database for a command.</summary>
internal static class DatabaseFile
{
    /// <summary>The database at a path.</summary>
    /// <exception cref="CommandLineException">It cannot be opened; the message says why.</exception>
    public static AdvisoryDatabase Open(string path, double likelyPercentile = AdvisoryDatabase.DefaultLikelyPercentile)
    {
        try
        {
            return AdvisoryDatabase.Open(path, likelyPercentile);
        }
        catch (Exception error) when (error is AdvisoryDatabaseException or IOException or UnauthorizedAccessException)
        {
            throw new CommandLineException(ExitCode.Unreadable, $"{path}: {error.Message}");
        }
    }
}
