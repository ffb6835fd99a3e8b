using System.Diagnostics.Tracing;

namespace OssRuntime.Benchmarks.Admission;

/// <summary>Counts each connection and each HTTP request that this process begins, by the runtime's own events.</summary>
internal sealed class OutgoingRequests : EventListener
{
    private int _count;

    public int Count => _count;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name is "System.Net.Sockets" or "System.Net.Http" or "System.Net.NameResolution")
        {
            EnableEvents(eventSource, EventLevel.Informational);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName is "ConnectStart" or "RequestStart" or "ResolutionStart")
        {
            Interlocked.Increment(ref _count);
        }
    }
}
