namespace OssRuntime.Inventory.Contents;

/// <summary>What follows a window's start, as a stream.</summary>
internal sealed class WindowStream(ForwardWindow window) : ReadOnlyStream
{
    public override int Read(Span<byte> buffer) => window.Read(buffer);
}
