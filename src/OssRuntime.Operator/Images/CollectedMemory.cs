namespace OssRuntime.Operator.Images;

/// <summary>The collected heap, held against what the runtime may take: in a container three quarters of its limit, unless DOTNET_GCHeapHardLimit says otherwise.</summary>
internal sealed class CollectedMemory : IMemoryLoad
{
    /// <summary>The worst image that keeps within its limits takes a quarter of what a process of 512 MiB may have.</summary>
    private const double High = 0.5;

    public bool IsHigh => GC.GetTotalMemory(forceFullCollection: false) > GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * High;
}
