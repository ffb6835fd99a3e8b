using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Manifests;

namespace OssRuntime.Inventory.Registry;

/// <summary>The question for a blob, which is asked again from where a connection broke.</summary>
/// <param name="Client">Who asks.</param>
/// <param name="Endpoint">Where.</param>
/// <param name="Blob">For what.</param>
/// <param name="Credentials">What the registry may be shown.</param>
/// <param name="Cancellation">Ends the reading.</param>
internal sealed record BlobRequest(
    RegistryClient Client, RegistryEndpoint Endpoint, BlobDescriptor Blob, IRegistryCredentials Credentials, CancellationToken Cancellation)
{
    /// <summary>The registry's answer, whose body begins at an offset, or at the blob's start where the registry knows no ranges.</summary>
    /// <exception cref="InventoryException">The blob can't be had.</exception>
    public Task<HttpResponseMessage> SendAsync(long offset) => Client.SendAsync(this, offset);
}
