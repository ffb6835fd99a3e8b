using OssRuntime.Inventory;

namespace OssRuntime.Cli.Scanning;

/// <summary>Shows nothing: in a pipe there is nobody to look.</summary>
internal sealed class NoProgress : IScanProgress, IScanSteps
{
    public IScanSteps Begin(string target) => this;

    public void Report(IndexProgress value)
    {
    }

    public void Dispose()
    {
    }
}
