namespace OssRuntime.Cli.Tests;

/// <summary>How a run ended.</summary>
internal sealed record CommandLineResult(int ExitCode, string Output, string Error);
