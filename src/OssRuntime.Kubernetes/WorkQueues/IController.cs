namespace OssRuntime.Kubernetes.WorkQueues;

/// <summary>Something that works while this process leads.</summary>
public interface IController
{
    /// <summary>Its name in logs and metrics.</summary>
    string Name { get; }

    /// <summary>
    /// Works until cancelled; returns when all work in hand has ended. It may be called again then: a leadership that was lost can be regained.
    /// </summary>
    Task RunAsync(CancellationToken cancellationToken);
}
