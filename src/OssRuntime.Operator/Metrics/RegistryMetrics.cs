using System.Net;
using OssRuntime.Inventory.Registry;

namespace OssRuntime.Operator.Metrics;

/// <summary>Counts what registries answer.</summary>
internal sealed class RegistryMetrics(InventoryMetrics metrics) : IRegistryObserver
{
    public void Answered(string registry, RegistryRequestKind kind, HttpStatusCode? status, TimeSpan duration) =>
        metrics.Requested(registry, (int?)status ?? 0);

    public void Received(string registry, long bytes)
    {
    }
}
