namespace OssRuntime.Cli.Terminal;

/// <summary>The exit codes of the command line.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>A policy or <c>--fail-on</c> was hit.</summary>
    public const int Hit = 1;

    /// <summary>The arguments are wrong.</summary>
    public const int Usage = 2;

    /// <summary>The input could not be read.</summary>
    public const int Unreadable = 3;

    /// <summary>Some targets failed; the rest is printed.</summary>
    public const int Partial = 4;

    /// <summary>The user stopped it (128 and the number of SIGINT, as shells say it).</summary>
    public const int Interrupted = 130;
}
