namespace OssRuntime.Inventory.Contents;

/// <summary>What comes out of an archive among the files, counted as it comes: also where it is given up halfway.</summary>
internal sealed class MeteredStream(Stream inflated, ReadingMeter meter) : ReadOnlyStream
{
    public override int Read(Span<byte> buffer)
    {
        var count = inflated.Read(buffer);
        meter.TakeNested(count);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inflated.Dispose();
        }

        base.Dispose(disposing);
    }
}
