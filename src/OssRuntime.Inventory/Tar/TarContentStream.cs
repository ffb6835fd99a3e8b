using OssRuntime.Inventory.Contents;

namespace OssRuntime.Inventory.Tar;

/// <summary>The content of the walker's current entry as a stream.</summary>
internal sealed class TarContentStream(TarWalker walker) : ReadOnlyStream
{
    public override int Read(Span<byte> buffer) => walker.Read(buffer);

    public override long Skip(long count) => walker.SkipContent(count);
}
