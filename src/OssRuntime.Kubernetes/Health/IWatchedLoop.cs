namespace OssRuntime.Kubernetes.Health;

/// <summary>A loop of this process that must keep turning, whatever the servers it talks to do.</summary>
public interface IWatchedLoop
{
    /// <summary>Says what no longer turns and for how long; null while the loop turns, and while it does not run.</summary>
    string? FindStuck();
}
