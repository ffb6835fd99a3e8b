namespace OssRuntime.Cli.Terminal;

/// <summary>A command cannot go on: the message is for the user, the exit code for the shell.</summary>
internal sealed class CommandLineException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
