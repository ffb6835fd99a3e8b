using System.Net;

namespace OssRuntime.Inventory.Registry;

/// <summary>Is told what goes to and comes from registries, to count it. It must be quick and must not throw.</summary>
public interface IRegistryObserver
{
    /// <summary>A request was answered.</summary>
    /// <param name="registry">The host that answered: the registry, its token service, or where it redirected to.</param>
    /// <param name="kind">What was asked for.</param>
    /// <param name="status">The answer; null where there was none.</param>
    /// <param name="duration">From the request to the answer's headers.</param>
    void Answered(string registry, RegistryRequestKind kind, HttpStatusCode? status, TimeSpan duration);

    /// <summary>Bytes of a body came in.</summary>
    void Received(string registry, long bytes);
}
