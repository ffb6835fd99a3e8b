using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;

namespace OssRuntime.Kubernetes.Tests.Contract;

/// <summary>An API server that serves widgets.</summary>
public interface IServerUnderTest
{
    /// <summary>A new connection with an administrator's rights.</summary>
    KubernetesConnection Connect(ControllerEnvironment? environment = null);

    /// <summary>A new, empty namespace.</summary>
    Task<string> CreateNamespaceAsync();

    /// <summary>How large an object must be to be refused.</summary>
    int TooLarge { get; }
}
