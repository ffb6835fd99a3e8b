namespace OssRuntime.Cli.Scanning;

/// <summary>Shows how far a scan is, or does not.</summary>
internal interface IScanProgress
{
    /// <summary>A target is begun; the result is told about its layers and disposed at its end.</summary>
    IScanSteps Begin(string target);
}
