using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Kubernetes.Informers;

/// <summary>An informer of any kind, as the host sees it.</summary>
public interface IInformer
{
    /// <summary>What is watched.</summary>
    ResourceKind Kind { get; }

    /// <summary>Completes when the store holds the first complete list.</summary>
    Task Synced { get; }

    /// <summary>How long the store has not followed the server; null where it does.</summary>
    TimeSpan? Behind { get; }

    /// <summary>Keeps the store equal to the server until cancelled. Only cancellation ends it.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
